package dev.skein.engine.postgres;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/** Plans for tests: each migration is one line. */
final class Plans {
    static final Migration[] NONE = {};

    private Plans() {}

    static Plan sql(Migration... migrations) {
        return new Plan(Framework.SQL, Optional.empty(), List.of(migrations));
    }

    static Plan flyway(Migration... migrations) {
        return new Plan(Framework.FLYWAY, Optional.empty(), List.of(migrations));
    }

    static Plan of(Framework framework, Migration... migrations) {
        return new Plan(framework, Optional.empty(), List.of(migrations));
    }

    /** An Alembic revision that makes a table of its name, and stands on others. */
    static Migration revision(String revision, String... parents) {
        return new Migration(
                MigrationKind.VERSIONED,
                revision,
                "revision " + revision,
                revision + "_.py",
                Optional.of("sum of " + revision),
                List.of(new ScriptStep("create table " + revision + " (n int)")),
                Optional.of(List.of(new ScriptStep("drop table " + revision))),
                Optional.of(List.of(parents)),
                Optional.empty(),
                Optional.empty());
    }

    /** A migration for any framework, which stands on no other. */
    static Migration root(String version, String up, String down) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "migration " + version,
                "V" + version + "__migration.sql",
                Optional.of(Integer.toString(version.hashCode())),
                List.of(new ScriptStep(up)),
                Optional.of(List.of(new ScriptStep(down))),
                Optional.of(List.of()),
                Optional.empty(),
                Optional.empty());
    }

    static Migration migration(String version, String up, String down) {
        return migration(
                version, List.of(new ScriptStep(up)), Optional.of(List.of(new ScriptStep(down))));
    }

    static Migration oneWay(String version, String up) {
        return migration(version, List.of(new ScriptStep(up)), Optional.empty());
    }

    static Migration migration(String version, List<Step> up, Optional<List<Step>> down) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "migration " + version,
                "V" + version + "__migration.sql",
                Optional.of(Integer.toString(version.hashCode())),
                up,
                down);
    }

    static Step script(String sql) {
        return new ScriptStep(sql);
    }

    static Step createIndex(String sql, String table, String index) {
        return new StatementStep(
                List.of(), sql, new Probe.IndexCreated(Optional.empty(), table, index));
    }

    static Step dropIndex(String index) {
        return new StatementStep(
                List.of(),
                "drop index concurrently " + index,
                new Probe.IndexDropped(Optional.empty(), index));
    }
}
