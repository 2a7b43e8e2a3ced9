package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What Skein does in a database that a tenant owns, by name; each needs one of its own. */
final class TrapScenarios {
    private static final String HOME = Lookalikes.AGENT + ".";
    private static final String TABLE = HOME + "t";

    private TrapScenarios() {}

    static Map<String, Consumer<ExecutionFixture>> all() {
        Map<String, Consumer<ExecutionFixture>> all = new LinkedHashMap<>();
        for (Framework framework : Framework.values()) {
            String of = " of " + framework.label();
            all.put("orders" + of, fixture -> orders(fixture, framework));
            all.put("a survey and an adoption" + of, fixture -> surveys(fixture, framework));
            all.put("a declared version" + of, fixture -> declares(fixture, framework));
            all.put("a repair" + of, fixture -> repairs(fixture, framework));
            all.put("each text" + of, fixture -> new SentAlone(fixture, framework).send());
        }
        all.put("the probe of a statement that was cut off", TrapScenarios::probes);
        all.put("the look at who blocks", TrapScenarios::waits);
        all.put("the look at who holds a framework's lock", TrapScenarios::finds);
        all.put("a stuck lock of Knex", TrapScenarios::unlocks);
        all.put("a run of a program", TrapScenarios::delegates);
        all.put("a run of a framework", TrapScenarios::lends);
        return all;
    }

    /** In a framework that keeps a graph the second stands on the first. */
    static Plan plan(Framework framework) {
        return Plans.of(
                framework,
                migration(MigrationKind.VERSIONED, "1", List.of()),
                migration(
                        MigrationKind.VERSIONED,
                        "2",
                        framework == Framework.ALEMBIC ? List.of("1") : List.of()));
    }

    static Migration migration(MigrationKind kind, String version, List<String> parents) {
        return migration(
                kind,
                version,
                new ScriptStep(Lookalikes.TEAM + "create table t" + version + " (n int)"),
                parents);
    }

    private static Migration migration(
            MigrationKind kind, String version, Step up, List<String> parents) {
        Step down = new ScriptStep(Lookalikes.TEAM + "drop table t" + version);
        return new Migration(
                kind,
                kind == MigrationKind.REPEATABLE ? "" : version,
                "migration " + version,
                "V" + version + "__migration.sql",
                Optional.of("7"),
                List.of(up),
                Optional.of(List.of(down)),
                Optional.of(parents),
                Optional.empty(),
                Optional.empty());
    }

    private static Plan index(Framework framework, String unique) {
        Step step =
                Plans.createIndex(
                        Lookalikes.TEAM + "create " + unique + " index concurrently i on t (n)",
                        "t",
                        "i");
        return Plans.of(framework, migration(MigrationKind.VERSIONED, "1", step, List.of()));
    }

    private static void orders(ExecutionFixture fixture, Framework framework) {
        Plan plan = plan(framework);
        fixture.checks(new CheckStep("a check", Lookalikes.TEAM + "select 7", "7"));
        fixture.apply(plan);
        fixture.apply(plan);
        fixture.execute("drop table skein.origin; update skein.format set version = 1");
        fixture.log("log-a").rollBack(plan);
        fixture.apply(plan);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(3);
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
        assertThat(fixture.exists(HOME + "t2")).isTrue();
    }

    private static void surveys(ExecutionFixture fixture, Framework framework) {
        Plan plan = plan(framework);
        fixture.apply(plan);
        fixture.execute("drop table skein.origin; update skein.format set version = 1");
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        fixture.execute("drop schema skein cascade");
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan);
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan);
        assertThat(fixture.events(DatabaseSurveyed.class)).hasSize(3);
        assertThat(fixture.events(DatabaseAdopted.class)).hasSize(1);
    }

    private static void declares(ExecutionFixture fixture, Framework framework) {
        fixture.execute("create table %st1 (n int)".formatted(HOME));
        fixture.declaring(new DeclaredVersion("1", true));
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan(framework));
        fixture.apply(plan(framework));
        assertThat(fixture.events(DatabaseAdopted.class)).hasSize(1);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    private static void repairs(ExecutionFixture fixture, Framework framework) {
        fixture.execute(
                "create table %1$s (n int); insert into %1$s values (1), (1)".formatted(TABLE));
        fixture.apply(index(framework, "unique"));
        fixture.execute("truncate " + TABLE);
        fixture.repair(Repair.BOOKS).apply(index(framework, "unique"));
        assertThat(fixture.events(DatabaseFailed.class)).hasSize(1);
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    private static void probes(ExecutionFixture fixture) {
        fixture.execute("create table %s (n int)".formatted(TABLE));
        CutOff.untilStarted(fixture, index(Framework.SQL, ""), TABLE);
        fixture.apply(index(Framework.SQL, ""));
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    private static void waits(ExecutionFixture fixture) {
        fixture.execute("create table %s (n int)".formatted(TABLE));
        fixture.lockTimeout(Duration.ofSeconds(1)).attempts(2);
        String alter = Lookalikes.TEAM + "alter table t add m int";
        holding(
                fixture,
                "lock table " + TABLE + " in access exclusive mode",
                () -> fixture.apply(Plans.sql(Plans.oneWay("1", alter))));
        assertThat(fixture.events(StepRetried.class)).hasSize(1);
    }

    /** The end of a run that failed half way is waited for. */
    private static void delegates(ExecutionFixture fixture) {
        FakeFramework program = new FakeFramework(fixture).then(FakeFramework.Conduct.FAILS);
        Step run =
                new DelegatedStep(
                        "billing",
                        "fill.js",
                        Optional.empty(),
                        false,
                        Atomicity.NOT_ATOMIC,
                        new TreeMap<>(),
                        "it reads rows");
        Plan plan =
                Plans.of(Framework.PRISMA, migration(MigrationKind.VERSIONED, "1", run, List.of()));
        fixture.runningWith(program).apply(plan);
        fixture.apply(plan);
        assertThat(fixture.events(DatabaseFailed.class)).hasSize(2);
    }

    /** The key of Flyway's lock is given up while Flyway runs. */
    private static void lends(ExecutionFixture fixture) {
        FakeFramework flyway = new FakeFramework(fixture).then(FakeFramework.Conduct.FAILS);
        Step run =
                new DelegatedStep(
                        "billing",
                        "1",
                        Optional.empty(),
                        true,
                        Atomicity.ATOMIC,
                        new TreeMap<>(),
                        "it is in Java");
        Plan plan =
                Plans.of(Framework.FLYWAY, migration(MigrationKind.VERSIONED, "1", run, List.of()));
        fixture.runningWith(flyway).apply(plan);
        assertThat(fixture.events(DatabaseFailed.class)).hasSize(1);
    }

    /** Prisma's own key. */
    private static void finds(ExecutionFixture fixture) {
        fixture.patience(Duration.ofSeconds(1));
        holding(
                fixture,
                "select pg_catalog.pg_advisory_lock(72707369)",
                () -> fixture.apply(plan(Framework.PRISMA)));
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().blockers()).hasSize(1);
    }

    private static void holding(ExecutionFixture fixture, String lock, Runnable meanwhile) {
        try (Connection holder = fixture.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(lock);
            meanwhile.run();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void unlocks(ExecutionFixture fixture) {
        fixture.apply(plan(Framework.KNEX));
        fixture.execute("update %sknex_migrations_lock set is_locked = 1".formatted(HOME));
        fixture.repair(Repair.BOOKS).rollBack(plan(Framework.KNEX));
        assertThat(fixture.events(DatabaseRolledBack.class)).hasSize(1);
    }
}
