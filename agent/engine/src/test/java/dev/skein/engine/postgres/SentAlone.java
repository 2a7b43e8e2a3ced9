package dev.skein.engine.postgres;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionExpectation;
import dev.skein.engine.postgres.catalogue.CatalogueScope;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.ledger.Target;
import dev.skein.engine.postgres.version.MigrationLock;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sends each text that Skein can make, also those that only a rare state of a database calls for,
 * one by one and past what an execution would look at first.
 */
final class SentAlone {
    private static final StepLimits LIMITS =
            new StepLimits(Duration.ofSeconds(5), Optional.empty(), Duration.ZERO, 1);

    /** As an execution's transactions of Skein's own begin. */
    private static final String BEGIN =
            "begin read write; set local search_path = pg_catalog, pg_temp;";

    /** Rows that are not as Skein's checks want them, and objects that are not there. */
    private static final Set<String> EXPECTED =
            Set.of("SK001", "SK002", "SK010", "23505", "42P01", "42704", "55000");

    private static final Optional<String> ANYWHERE = Optional.empty();
    private static final Optional<String> THERE = Optional.of(Lookalikes.AGENT);
    private static final List<Probe> PROBES =
            List.of(
                    new Probe.IndexCreated(ANYWHERE, "t", "i"),
                    new Probe.IndexCreated(THERE, "t", "i"),
                    new Probe.IndexDropped(ANYWHERE, "i"),
                    new Probe.IndexDropped(THERE, "i"),
                    new Probe.IndexRebuilt(ANYWHERE, "t"),
                    new Probe.IndexRebuilt(THERE, "t"),
                    detached(ANYWHERE),
                    detached(THERE));

    private final ExecutionFixture fixture;
    private final Framework framework;
    private final Plan plan;
    private final VersionTable table;
    private final PgStatements messages;

    SentAlone(ExecutionFixture fixture, Framework framework) {
        this.fixture = fixture;
        this.framework = framework;
        this.plan = Plans.of(framework, migrations(framework));
        this.table =
                VersionTables.of(plan, Lookalikes.AGENT, fixture.database, new RolloutId("r-1"));
        this.messages =
                new PgStatements(
                        new LedgerSql(new Target(fixture.database, table.ledgerKey())),
                        table,
                        HeldLocks.of(fixture.database, table));
    }

    private static Probe.PartitionDetached detached(Optional<String> schema) {
        return new Probe.PartitionDetached(schema, "t", schema, "p");
    }

    private static Migration[] migrations(Framework framework) {
        Stream<Migration> migrations =
                switch (framework) {
                    case ALEMBIC ->
                            Stream.of(
                                    versioned("1"),
                                    versioned("2", "1"),
                                    versioned("3", "1"),
                                    versioned("4", "2", "3"));
                    case FLYWAY ->
                            Stream.of(
                                    of(MigrationKind.BASELINE, "1"),
                                    versioned("2"),
                                    of(MigrationKind.REPEATABLE, "3"));
                    case SQL, PRISMA, KNEX -> Stream.of(versioned("1"));
                };
        return migrations.toArray(Migration[]::new);
    }

    private static Migration versioned(String version, String... parents) {
        return TrapScenarios.migration(MigrationKind.VERSIONED, version, List.of(parents));
    }

    private static Migration of(MigrationKind kind, String version) {
        return TrapScenarios.migration(kind, version, List.of());
    }

    void send() {
        fixture.apply(TrapScenarios.plan(framework));
        PgConnection connection =
                ExecutionFixture.await(
                        fixture.connections.open(fixture.database, "skein/test", LIMITS));
        for (String text : inTransactions()) {
            send(connection, BEGIN + text);
            send(connection, "rollback");
        }
        if (framework == Framework.SQL) {
            alone().forEach(text -> send(connection, text));
            grants().forEach(text -> send(connection, text));
            discover();
        }
        ExecutionFixture.await(connection.close());
    }

    private static void send(PgConnection connection, String text) {
        ExecutionFixture.await(
                connection.query(text).execute().<Void>mapEmpty().otherwise(SentAlone::expected));
    }

    private static Void expected(Throwable cause) {
        if (cause instanceof PgException refused && EXPECTED.contains(refused.getSqlState())) {
            return null;
        }
        throw new AssertionError(cause);
    }

    private List<String> inTransactions() {
        List<String> texts = new ArrayList<>();
        for (Migration migration : plan.migrations()) {
            for (VersionChange.Kind kind : VersionChange.Kind.values()) {
                VersionChange change =
                        new VersionChange(kind, migration, Optional.empty(), Optional.of("no"));
                texts.add(table.change(change));
                texts.add(table.check(change));
            }
            texts.add(table.guard(new VersionExpectation(migration, true)));
            texts.add(table.guard(new VersionExpectation(migration, false)));
        }
        texts.add(table.creation());
        texts.add(table.trust());
        texts.add(table.trustToWrite());
        table.query().ifPresent(texts::add);
        table.repair().ifPresent(texts::add);
        table.migrationLock().ifPresent(row -> texts.addAll(ofLock(row)));
        texts.removeIf(String::isBlank);
        return texts;
    }

    private static List<String> ofLock(MigrationLock row) {
        return List.of(
                row.take(), row.state(), row.release(), row.mend(), PgStatements.holders(row));
    }

    private List<String> alone() {
        List<String> texts = new ArrayList<>();
        for (Probe probe : PROBES) {
            texts.add(PgStatements.lookup(List.of()));
            texts.add(CatalogueQuery.of(probe).sql());
        }
        texts.add(PgStatements.outside(List.of(), true));
        texts.add(PgStatements.dropIndex(Lookalikes.AGENT + ".nothing"));
        texts.add(PgStatements.finalizeDetach(detached(ANYWHERE)));
        texts.add(PgStatements.finalizeDetach(detached(THERE)));
        for (Optional<String> schema : List.of(ANYWHERE, THERE)) {
            CatalogueScope scope = CatalogueScope.of(plan, schema);
            texts.add(PgStatements.outside(List.of(scope.preparation()), true));
            texts.add(scope.query());
        }
        texts.add(PgStatements.blockers(1));
        texts.add(PgStatements.holders(1));
        texts.add(messages.locksHeld());
        return texts;
    }

    /** As an administrator sends them, on whose path the traps are as well. */
    private List<String> grants() {
        List<String> texts = new ArrayList<>();
        texts.add(PgStatements.outside(List.of(), true));
        for (Framework each : Framework.values()) {
            for (boolean creates : new boolean[] {true, false}) {
                AgentGrants grants =
                        new AgentGrants(
                                "traps_grantee",
                                fixture.name,
                                Lookalikes.AGENT,
                                Optional.of(Lookalikes.OWNER),
                                each,
                                creates);
                texts.add("reset search_path");
                texts.add(grants.ofServer() + grants.toNameBlockers() + grants.ofDatabase());
            }
        }
        return texts;
    }

    private void discover() {
        ExecutionFixture.await(
                new PgServerQueries(ExecutionFixture.SERVER, fixture.connections)
                        .selectPastTenants(
                                fixture.name,
                                "select nspname as name from pg_namespace where nspname like"
                                        + " 't%'"));
    }
}
