package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P7: a password stays in a file beside the agent; a role without privileges will do. */
class PasswordIT {
    private static final String PASSWORD = "s3cret und lang";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p7APasswordIsReadFromItsFileWhenItIsNeeded() throws IOException {
        Tenant tenant = skein.unannounced("a1");
        String role = roleThatNeedsAPassword(tenant);
        Path file = Files.writeString(skein.directory().resolve("password"), "wrong\n");
        // The agent reads the file at its start, when a wrong password is not known to be one.
        skein.startOrchestrator();
        skein.startAgent(SkeinSystem.AGENT, server(role, file, tenant));

        JsonNode server =
                Until.reached(
                        "the agent says what is wrong",
                        () -> skein.client().get("/agents").at("/items/0/servers/0"),
                        each -> each.has("problem"));
        assertThat(server.path("problem").asText())
                .contains("server pg", "password authentication failed", role)
                .doesNotContain("wrong");

        Files.writeString(file, PASSWORD + "\n");
        skein.awaitDatabases(1);
        Plan first = skein.migrations().sql("0001_a", "create table a (id int);", "").plan();
        skein.open(first, RolloutStrategies.ALL).awaitCompleted();

        Files.writeString(file, "wrong again");
        Plan second =
                skein.migrations()
                        .sql("0001_a", "create table a (id int);", "")
                        .sql("0002_b", "create table b (id int);", "")
                        .plan();
        Rollout rollout = skein.open(second, RolloutStrategies.ALL);
        JsonNode failed = rollout.awaitState(tenant, "failed");
        assertThat(failed.at("/failure/code").asText()).isEqualTo("authentication-failed");
        assertThat(failed.path("reason").asText())
                .contains("password authentication failed", role)
                .doesNotContain("wrong again");

        Files.writeString(file, PASSWORD);
        rollout.awaitPaused("failure-budget");
        rollout.verb("retry");
        rollout.awaitCompleted();
        assertThat(tenant.text("select tableowner from pg_tables where tablename = 'b'"))
                .isEqualTo(role);
    }

    private static ObjectNode server(String role, Path password, Tenant tenant) {
        ObjectNode server = YamlText.tree("name: " + SkeinSystem.SERVER);
        server.put("uri", TestServers.postgres().uri(role, "postgres"));
        server.putObject("password").put("file", password.toString());
        server.putArray("databases").addObject().put("name", tenant.database());
        return server;
    }

    /** Owns the tenant's database and nothing else; the server asks it for a SCRAM password. */
    private String roleThatNeedsAPassword(Tenant tenant) {
        TestPostgres postgres = TestServers.postgres();
        String role = skein.run() + "_role";
        postgres.execute(
                "postgres",
                "set password_encryption = 'scram-sha-256'; create role %s login password '%s';"
                        .formatted(role, PASSWORD));
        postgres.execute(
                "postgres", "alter database %s owner to %s".formatted(tenant.database(), role));
        postgres.askForPassword(role);
        Until.reached("the server asks for a password", () -> refuses(role), refuses -> refuses);
        return role;
    }

    private static boolean refuses(String role) {
        String url = TestServers.postgres().jdbcUrl("postgres");
        try {
            DriverManager.getConnection(url, role, "none").close();
            return false;
        } catch (SQLException refused) {
            return true;
        }
    }
}
