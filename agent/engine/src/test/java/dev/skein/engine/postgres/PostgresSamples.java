package dev.skein.engine.postgres;

import dev.skein.engine.StepSample;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/** The step types of PostgreSQL's dialect, and how the version tables are read from outside. */
final class PostgresSamples {
    private static final List<Framework> SQL = List.of(Framework.SQL);

    /** One whose version table says that a migration is begun, and one that says that it failed. */
    private static final List<Framework> WITH_A_START = List.of(Framework.FLYWAY, Framework.PRISMA);

    private static final String TABLE = "create table t (n int)";
    private static final String INDEXED = TABLE + "; create index i on t (n)";
    private static final String CREATE_INDEX = "create index concurrently i on t (n)";

    /** Valid indexes of the table, of all that it has. */
    private static final String INDEXES =
            "select count(*) filter (where indisvalid) || '/' || count(*) from pg_index"
                    + " where indrelid = 't'::regclass";

    private static final String ROWS = "select count(*) from t";

    /** Whether the table is there. */
    private static final String MADE = "select count(*) from pg_class where relname = 'made'";

    static final List<StepSample> ALL =
            List.of(
                    script(),
                    check(),
                    createdIndex(),
                    droppedIndex(),
                    rebuiltIndex(),
                    detachedPartition(),
                    harmless(),
                    ownTransaction(),
                    ownSchemaTransaction().inRehearsedPlans());

    private PostgresSamples() {}

    private static StepSample script() {
        return sample(
                "script",
                List.of(Framework.values()),
                TABLE,
                List.of(Plans.script("create table made (n int); insert into t values (1)")),
                List.of(Plans.script("drop table made; delete from t")),
                new Effect(ROWS, "1", "0"));
    }

    private static StepSample check() {
        return sample(
                "check",
                SQL,
                TABLE,
                List.of(
                        Plans.script("insert into t values (1)"),
                        new CheckStep("there is one row", ROWS, "1")),
                List.of(Plans.script("delete from t")),
                new Effect(ROWS, "1", "0"));
    }

    private static StepSample createdIndex() {
        return sample(
                "created index",
                WITH_A_START,
                TABLE,
                List.of(Plans.createIndex(CREATE_INDEX, "t", "i")),
                List.of(Plans.dropIndex("i")),
                new Effect(INDEXES, "1/1", "0/0"));
    }

    private static StepSample droppedIndex() {
        return sample(
                "dropped index",
                SQL,
                INDEXED,
                List.of(Plans.dropIndex("i")),
                List.of(Plans.createIndex(CREATE_INDEX, "t", "i")),
                new Effect(INDEXES, "0/0", "1/1"));
    }

    private static StepSample rebuiltIndex() {
        Probe probe = new Probe.IndexRebuilt(Optional.empty(), "i");
        return sample(
                "rebuilt index",
                SQL,
                INDEXED,
                List.of(statement("reindex index concurrently i", probe)),
                List.of(statement("reindex index concurrently i", probe)),
                new Effect(INDEXES, "1/1", "1/1"));
    }

    private static StepSample detachedPartition() {
        return sample(
                "detached partition",
                SQL,
                "create table t (n int) partition by list (n);"
                        + " create table t1 partition of t for values in (1)",
                List.of(
                        statement(
                                "alter table t detach partition t1 concurrently",
                                new Probe.PartitionDetached(
                                        Optional.empty(), "t", Optional.empty(), "t1"))),
                List.of(
                        Plans.script(
                                "drop table t1;"
                                        + " create table t1 partition of t for values in (1)")),
                new Effect("select count(*) from pg_inherits", "0", "1"));
    }

    private static StepSample harmless() {
        return sample(
                "harmless statement",
                SQL,
                TABLE,
                List.of(statement("vacuum t", new Probe.Harmless())),
                List.of(statement("vacuum t", new Probe.Harmless())),
                new Effect(ROWS, "0", "0"));
    }

    /** It changes data, so no comparison of schemas tells, and a person is asked. */
    private static StepSample ownTransaction() {
        return sample(
                "script with its own transaction",
                List.of(Framework.PRISMA),
                TABLE,
                List.of(
                        undecidable(
                                "begin; create table made (n int); insert into t values (1);"
                                        + " commit")),
                List.of(undecidable("begin; drop table made; delete from t; commit")),
                new Effect(ROWS, "1", "0"));
    }

    private static StepSample ownSchemaTransaction() {
        return sample(
                "script that changes the schema in its own transaction",
                SQL,
                TABLE,
                List.of(undecidable("begin; create table made (n int); commit")),
                List.of(undecidable("begin; drop table made; commit")),
                new Effect(MADE, "1", "0"));
    }

    /** See {@link StepSample}. */
    private record Effect(String query, String applied, String absent) {}

    private static StepSample sample(
            String name,
            List<Framework> frameworks,
            String setup,
            List<Step> up,
            List<Step> down,
            Effect effect) {
        return new StepSample(
                name,
                frameworks,
                setup,
                up,
                down,
                effect.query(),
                effect.applied(),
                effect.absent(),
                false);
    }

    private static Step statement(String sql, Probe probe) {
        return new StatementStep(List.of(), sql, probe);
    }

    private static Step undecidable(String sql) {
        return statement(sql, new Probe.Undecidable());
    }

    /** As {@link dev.skein.engine.EngineUnderTest#versions}. */
    static Optional<String> versions(Framework framework) {
        return switch (framework) {
            case SQL -> Optional.empty();
            case FLYWAY ->
                    Optional.of(
                            "select string_agg(r.version || case when r.times = 1 then '' else '?'"
                                + " end, ' ' order by r.version) from (select version, sum(case"
                                + " when not success then 100 when type = 'DELETE' then -1 else 1"
                                + " end) as times from flyway_schema_history group by version) r"
                                + " where r.times <> 0");
            case ALEMBIC ->
                    Optional.of(
                            "select string_agg(version_num, ' ' order by version_num)"
                                    + " from alembic_version");
            case PRISMA ->
                    Optional.of(
                            "select string_agg(migration_name || case when finished_at is null"
                                    + " then '?' else '' end, ' ' order by migration_name)"
                                    + " from _prisma_migrations where rolled_back_at is null");
            case KNEX ->
                    Optional.of(
                            "select coalesce(string_agg(name, ' ' order by name), '')"
                                    + " || (select case when max(is_locked) = 0 then '' else"
                                    + " ' locked' end from knex_migrations_lock)"
                                    + " from knex_migrations");
        };
    }
}
