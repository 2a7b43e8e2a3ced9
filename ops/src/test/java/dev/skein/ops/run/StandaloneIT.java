package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StandaloneIT {
    private static final String STRATEGY =
            "waves: [{name: canary, count: 1, approval: required}, {name: all, percent: 100}]";

    @TempDir private Path directory;
    private Path config;
    private Parts parts = new Parts();
    private SkeinClient client;

    @BeforeEach
    void start() throws IOException {
        String one = TestServers.freshDatabase("standalone");
        String two = TestServers.freshDatabase("standalone");
        config = directory.resolve("skein.yaml");
        Files.writeString(
                config,
                "http: {port: 0}\nservers:\n  - name: pg\n    uri: "
                        + TestServers.postgres().uri("postgres")
                        + "\n    databases: [{name: "
                        + one
                        + "}, {name: "
                        + two
                        + "}]\n");
        run();
    }

    private void run() {
        Standalone standalone = Standalone.start(parts, config, directory.resolve("data"));
        client = new SkeinClient(URI.create(standalone.url()), Optional.empty());
        until("/databases", databases -> reachable(databases.path("items")) == 2);
    }

    /** After a restart both are known at once, but out of reach until their agent has announced. */
    private static long reachable(JsonNode items) {
        return items.valueStream().filter(each -> each.path("reachable").asBoolean()).count();
    }

    private JsonNode until(String path, Predicate<JsonNode> wanted) {
        CountDownLatch never = new CountDownLatch(1);
        JsonNode last = get(path);
        while (!wanted.test(last)) {
            try {
                never.await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(path + " reads " + last, e);
            }
            last = get(path);
        }
        return last;
    }

    /** A server that has not yet folded its log refuses for now. */
    private JsonNode get(String path) {
        try {
            return client.get(path);
        } catch (ServerRefused refused) {
            assertThat(refused.isCallersFault()).as(refused.getMessage()).isFalse();
            return Json.mapper().createObjectNode();
        }
    }

    private JsonNode untilPhase(String rollout, String phase) {
        return until("/rollouts/" + rollout, each -> each.path("phase").asText().equals(phase));
    }

    private String open() throws IOException {
        Path migrations = Files.createDirectory(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("0001_customer.up.sql"), "create table customer ();");
        ObjectNode publish = Json.mapper().createObjectNode().put("name", "shop");
        publish.set(
                "plan",
                Json.tree(
                        PlanSources.of(Framework.SQL).read(migrations, SourceSettings.defaults())));
        ObjectNode open = Json.mapper().createObjectNode();
        open.put("plan", client.post("/plans", publish).path("id").asText());
        open.set("strategy", SettingsFile.parse("strategy", STRATEGY));
        return client.post("/rollouts", open).path("id").asText();
    }

    @Test
    void everythingIsThereAfterARestartAndAnOpenRolloutGoesOn() throws IOException {
        // given
        String rollout = open();
        JsonNode before = untilPhase(rollout, "awaiting-approval");
        JsonNode databases = client.get("/databases").path("items");
        // when
        parts.close();
        parts = new Parts();
        run();
        // then
        assertThat(untilPhase(rollout, "awaiting-approval")).isEqualTo(before);
        assertThat(client.get("/databases").path("items")).isEqualTo(databases);
        client.post("/rollouts/" + rollout + "/approve", Json.mapper().createObjectNode());
        JsonNode after = untilPhase(rollout, "completed");
        assertThat(after.path("counts").path("applied").asInt()).isEqualTo(2);
    }

    @AfterEach
    void stop() {
        parts.close();
    }
}
