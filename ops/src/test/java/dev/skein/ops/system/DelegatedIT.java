package dev.skein.ops.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Revisions that are programs, run by Alembic under Skein's orders, between recorded ones. */
@NeedsTool(Tool.ALEMBIC)
class DelegatedIT {
    private static final Pattern DIGEST =
            Pattern.compile("(scripts/versions/r3.py\"\\s*:\\s*\")..");
    private static final String ROWS =
            "select string_agg(c::text, ' ' order by id) from customer c";

    @TempDir private static Path directory;

    private static AlembicFiles files;
    private static Plan plan;

    private static String json() {
        return new String(PlanCodec.write(plan), UTF_8);
    }

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void record() {
        files = AlembicFiles.in(directory);
        files.revision(
                "r1",
                "down_revision = None",
                AlembicFiles.execute(
                        "create table if not exists customer (id int primary key, email text)"),
                "pass");
        files.sql(
                "r2",
                "r1",
                "alter table customer add code text",
                "alter table customer drop column code");
        files.revision(
                "r3",
                AlembicFiles.on("r2"),
                """
                import os
                import sqlalchemy as sa
                connection = op.get_bind()
                rows = connection.execute(sa.text("select id, email from customer order by id"))
                for row in rows.fetchall():
                    if "forbidden" in row[1]:
                        raise RuntimeError("customer %d has no contract" % row[0])
                    connection.execute(
                        sa.text("update customer set code = :code where id = :id"),
                        {"code": os.environ["DATABASE_URL"][-1] + row[1][:3], "id": row[0]})
                if connection.execute(sa.text("select to_regproc('pass_gate')")).scalar():
                    connection.execute(sa.text("select pass_gate('run')"))
                """,
                """
                op.execute("update customer set code = null")
                """);
        files.sql("r4", "r3", "create table item (id int)", "drop table item");
        plan = files.plan(new Delegation(Set.of("r3"), Optional.of("billing")));
    }

    private static ObjectNode runners() {
        ObjectNode runners = Json.mapper().createObjectNode();
        ObjectNode billing = runners.putObject("billing");
        billing.put("kind", "alembic").put("directory", directory.toString()).put("grace", "1s");
        billing.putArray("command")
                .add(AlembicCommand.python().toString())
                .add("-m")
                .add("alembic");
        billing.putObject("environment")
                .put("DATABASE_URL", "postgresql+psycopg2://{user}@{host}:{port}/{database}");
        return runners;
    }

    private Tenant tenant(String name) {
        Tenant tenant = skein.tenant(name);
        tenant.openGate("run");
        return tenant;
    }

    private void start() {
        skein.startOrchestrator();
        skein.startAgentWith(runners());
    }

    @Test
    void endsWhereAlembicAloneDoesForthAndBack() {
        // given
        List<Tenant> tenants = List.of(tenant("xa"), tenant("xb"), tenant("xc"));
        Tenant twin = skein.unannounced("ya");
        twin.openGate("run");
        files.hand(twin).upgrade("r4");
        start();
        // when
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();
        // then
        Tenant first = tenants.get(0);
        assertThat(files.hand(first).current()).containsExactly("r4 (head)");
        assertThat(first.schema()).isEqualTo(twin.schema());
        assertThat(first.text(ROWS)).isEqualTo(twin.text(ROWS)).contains("acus");
        assertThat(tenants.get(1).text(ROWS)).contains("bcus");
        // when
        rollout.verb("rollback", "{ all: true }");
        rollout.awaitPhase("rolled-back");
        files.hand(twin).downgrade("base");
        // then
        assertThat(files.hand(first).current()).isEmpty();
        assertThat(first.schema()).isEqualTo(twin.schema());
    }

    @Test
    void failureOverOneTenantsDataIsToldAndRetried() {
        // given
        Tenant tenant = tenant("xa");
        tenant.execute("update customer set email = 'forbidden' where id = 3");
        start();
        // when
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(tenant))
                .contains("by 'billing' ended with exit code 1", "customer 3 has no contract");
        assertThat(files.hand(tenant).current()).containsExactly("r2");
        // when
        tenant.execute("update customer set email = 'late' where id = 3");
        rollout.verb("retry", "{}");
        rollout.awaitCompleted();
        // then
        assertThat(files.hand(tenant).current()).containsExactly("r4 (head)");
    }

    @Test
    void pauseWaitsForARunAndAStoppedAgentsRunIsMadeAnew() {
        // given
        Tenant tenant = skein.tenant("xa");
        start();
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        tenant.awaitAtGate("run");
        // when
        rollout.verb("pause", "{}");
        // then
        assertThat(rollout.show().at("/pause/state").asText()).isEqualTo("draining");
        // when
        skein.stopAgent();
        skein.startAgentWith(runners());
        tenant.openGate("run");
        rollout.verb("resume", "{}");
        rollout.awaitCompleted();
        // then
        assertThat(files.hand(tenant).current()).containsExactly("r4 (head)");
        assertThat(tenant.text("select count(*) from customer where code like 'acus%'"))
                .isEqualTo("5");
    }

    @Test
    void agentWithoutTheRunnerIsNamedBeforeAnythingRuns() {
        // given
        Tenant tenant = tenant("xa");
        skein.start();
        // when
        assertThatThrownBy(() -> skein.open(plan, RolloutStrategies.ALL))
                .isInstanceOf(ServerRefused.class)
                .hasMessageContaining("no-runner")
                .hasMessageContaining(
                        "1 database is with agents that have no runner 'billing': " + tenant.id());
        // then
        assertThat(tenant.hasLedger()).isFalse();
    }

    @Test
    void checkoutThatIsNotThePlansIsNotRun() {
        // given
        Tenant tenant = tenant("xa");
        start();
        Plan older = PlanCodec.read(DIGEST.matcher(json()).replaceAll("$100").getBytes(UTF_8));
        // when
        Rollout rollout = skein.open(older, RolloutStrategies.ALL);
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(tenant))
                .contains("one file is not as the plan was built from: scripts/versions/r3.py");
        assertThat(files.hand(tenant).current()).containsExactly("r2");
    }
}
