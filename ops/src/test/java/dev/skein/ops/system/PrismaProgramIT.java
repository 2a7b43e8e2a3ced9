package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A program beside a script of Prisma's, run by Node under Skein's orders. */
@NeedsTool(Tool.PRISMA)
class PrismaProgramIT {
    private static final String PROGRAM =
            """
            import pg from "pg";
            const client = new pg.Client();
            await client.connect();
            const { rows } = await client.query("select id, email from customer order by id");
            for (const { id, email } of rows) {
                if (email === "forbidden") {
                    throw new Error(`customer ${id} has no contract`);
                }
                await client.query("update customer set city = $1 where id = $2",
                    [process.env.PGDATABASE.slice(-1) + email.slice(0, 3), id]);
            }
            await client.end();
            console.log(`${rows.length} customers`);
            """;
    private static final String CITIES =
            "select string_agg(coalesce(city, '-'), ' ' order by id) from customer";

    @TempDir private Path directory;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private PrismaHand project() throws IOException {
        Files.createSymbolicLink(
                directory.resolve("node_modules"), Tool.PRISMA.home().resolve("node_modules"));
        return new PrismaHand(directory)
                .migration("1_city", "alter table customer add city text")
                .program("1_city", "data-migration.mjs", PROGRAM)
                .migration("2_item", "create table item (id int)");
    }

    private ObjectNode runners() {
        ObjectNode runners = Json.mapper().createObjectNode();
        ObjectNode billing = runners.putObject("billing");
        billing.put("kind", "command").put("directory", directory.toString());
        billing.putArray("command").add("node").add("{migration}");
        return runners;
    }

    @Test
    void programRunsInEachDatabaseAndAFailureAsksAPerson() throws IOException {
        // given
        PrismaHand project = project();
        Tenant first = skein.tenant("xa");
        Tenant second = skein.tenant("xb");
        project.baseline(first);
        project.baseline(second);
        second.execute("update customer set email = 'forbidden' where id = 3");
        skein.startOrchestrator();
        skein.startAgentWith(runners());
        Plan plan = project.plan(new Delegation(Set.of("1_city"), Optional.of("billing")));
        // when
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(second))
                .contains("ended with exit code 1", "customer 3 has no contract")
                .contains("what the program committed before that may have stayed")
                .contains("--step-not-done");
        assertThat(second.text(CITIES)).startsWith("bcus bcus -");
        // when
        second.execute("update customer set email = 'late' where id = 3");
        skein.said("database", "repair", second.id(), "--step-not-done").done();
        rollout.awaitCompleted();
        // then
        assertThat(first.text(CITIES)).startsWith("acus acus acus");
        assertThat(second.text(CITIES)).startsWith("bcus bcus blat");
        for (Tenant tenant : new Tenant[] {first, second}) {
            assertThat(project.status(tenant).requireDone().output())
                    .contains("Database schema is up to date!");
            assertThat(project.deploy(tenant).requireDone().output())
                    .contains("No pending migrations to apply.");
        }
    }
}
