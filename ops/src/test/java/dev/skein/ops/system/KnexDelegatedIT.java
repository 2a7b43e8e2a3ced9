package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.tools.KnexCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that are programs, run by Knex under Skein's orders, between recorded ones. */
@NeedsTool(Tool.KNEX)
class KnexDelegatedIT {
    private static final String ROWS =
            "select string_agg(c::text, ' ' order by id) from customer c";
    private static final String BOOK =
            "select string_agg(name || ' in ' || batch, ', ' order by id) from knex_migrations";
    private static final String LOCK =
            "select string_agg(\"index\" || ' ' || is_locked, ', ') from knex_migrations_lock";

    @TempDir private static Path directory;

    private static KnexFiles files;
    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files = KnexFiles.in(directory);
        files.migration(
                "1_customer.js",
                KnexFiles.raw("create table if not exists customer (id int primary key)"),
                "");
        files.migration(
                "2_code.js",
                KnexFiles.raw("alter table customer add code text"),
                KnexFiles.raw("alter table customer drop column code"));
        files.migration(
                "3_rows.js",
                """
                for (const { id, email } of await knex('customer').orderBy('id')) {
                  if (email.includes('forbidden')) throw new Error('no contract with ' + id);
                  const code = process.env.DATABASE_URL.slice(-1) + email.slice(0, 3);
                  await knex('customer').where({ id }).update({ code });
                }
                """,
                "await knex('customer').update({ code: null });");
        files.outside(
                "4_apart.js",
                """
                for (const { id } of await knex('customer').orderBy('id')) {
                  await knex('customer').where({ id }).update({ code: knex.raw("code || '!'") });
                  const { rows } = await knex.raw("select to_regproc('pass_gate') as gate");
                  if (rows[0].gate) await knex.raw("select pass_gate('run')");
                }
                """,
                """
                for (const { id } of await knex('customer').select('id')) {
                  const code = knex.raw("rtrim(code, '!')");
                  await knex('customer').where({ id }).update({ code });
                }
                """);
        files.migration(
                "5_item.js",
                KnexFiles.raw("create table item (id int)"),
                KnexFiles.raw("drop table item"));
        plan = files.plan(new Delegation(Set.of(Delegation.AUTO), Optional.of("billing")));
    }

    private static ObjectNode runners() {
        Path modules = KnexCommand.modules(directory);
        ObjectNode runners = Json.mapper().createObjectNode();
        ObjectNode billing = runners.putObject("billing");
        billing.put("kind", "knex").put("directory", directory.toString()).put("grace", "1s");
        billing.putArray("command").add("node").add(modules.resolve("knex/bin/cli.js").toString());
        billing.putObject("environment")
                .put("DATABASE_URL", "postgresql://{user}@{host}:{port}/{database}");
        return runners;
    }

    private Tenant tenant(String name) {
        Tenant tenant = skein.tenant(name);
        tenant.openGate("run");
        return tenant;
    }

    private Rollout open() {
        skein.startOrchestrator();
        skein.startAgentWith(runners());
        return skein.open(plan, RolloutStrategies.ALL);
    }

    private static void assertSame(Tenant bySkein, Tenant twin) {
        assertThat(files.hand(bySkein).migrate("list")).isEqualTo(files.hand(twin).migrate("list"));
        assertThat(bySkein.text(BOOK)).isEqualTo(twin.text(BOOK));
        assertThat(bySkein.text(LOCK)).isEqualTo(twin.text(LOCK));
        assertThat(bySkein.text(ROWS)).isEqualTo(twin.text(ROWS));
        assertThat(bySkein.schema()).isEqualTo(twin.schema());
    }

    @Test
    void endsWhereKnexAloneDoesForthAndBack() {
        // given
        List<Tenant> tenants = List.of(tenant("xa"), tenant("xb"));
        Tenant twin = skein.unannounced("ya");
        twin.openGate("run");
        files.hand(twin).migrate("latest");
        // when
        Rollout rollout = open();
        rollout.awaitCompleted();
        // then
        assertSame(tenants.get(0), twin);
        assertThat(twin.text(ROWS)).contains("acus!");
        assertThat(tenants.get(1).text(ROWS)).contains("bcus!");
        // when
        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        files.hand(twin).migrate("rollback");
        // then
        assertSame(tenants.get(0), twin);
    }

    @Test
    void failureOverOneTenantsDataIsToldAndRetried() {
        // given
        Tenant tenant = tenant("xa");
        tenant.execute("update customer set email = 'forbidden' where id = 3");
        // when
        Rollout rollout = open();
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(tenant))
                .contains("by 'billing' ended with exit code 1", "no contract with 3");
        // when
        tenant.execute("update customer set email = 'late' where id = 3");
        rollout.verb("retry", "{}");
        rollout.awaitCompleted();
        // then
        assertThat(tenant.text(ROWS)).contains("late,alat!");
    }

    @Test
    void lockOfARunThatWasKilledBetweenItsCommitsIsFreedAndThePersonAsked() {
        // given
        Tenant tenant = skein.tenant("xa");
        Rollout rollout = open();
        tenant.awaitAtGate("run");
        // when
        ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("migrate:up"))
                .forEach(ProcessHandle::destroyForcibly);
        tenant.openGate("run");
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(tenant)).contains("may have stayed", "--step-not-done");
        assertThat(tenant.text(LOCK)).isEqualTo("1 0");
        // when
        tenant.execute("update customer set code = rtrim(code, '!')");
        skein.said("database", "repair", tenant.id(), "--step-not-done").done();
        rollout.awaitCompleted();
        // then
        assertThat(tenant.text("select count(*) from customer where code like 'acus%!'"))
                .isEqualTo("5");
    }
}
