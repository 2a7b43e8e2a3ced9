package dev.skein.protocol.codec;

import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A plan with every kind of step and probe, and one with as little as may be. */
final class SamplePlans {
    private static final Optional<String> PUBLIC = Optional.of("public");
    private static final Optional<String> ANY = Optional.empty();

    private SamplePlans() {}

    static Plan full() {
        return new Plan(
                Framework.FLYWAY,
                Optional.of(new VersionTableName(PUBLIC, "flyway_schema_history")),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "2.1",
                                "add email",
                                "V2.1__add_email.sql",
                                Optional.of("-1234567890"),
                                List.of(new ScriptStep("alter table users add email text;\n")),
                                Optional.of(List.of())),
                        new Migration(
                                MigrationKind.VERSIONED,
                                "3",
                                "index, \"größe\" 🐦",
                                "V3__index.sql",
                                Optional.empty(),
                                everyStep(),
                                Optional.of(List.of(new ScriptStep("drop index users_email_idx")))),
                        new Migration(
                                MigrationKind.REPEATABLE,
                                "",
                                "views",
                                "R__views.sql",
                                Optional.of("17"),
                                List.of(new ScriptStep("create or replace view v as select 1")),
                                Optional.empty())));
    }

    /** What its framework runs, and a program beside a migration. */
    static Plan delegated() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("migrations/versions/ae10_rates.py", "a".repeat(64));
        files.put("billing/rates.py", "b".repeat(64));
        DelegatedStep up =
                new DelegatedStep(
                        "billing",
                        "ae10",
                        Optional.empty(),
                        true,
                        Atomicity.ATOMIC,
                        files,
                        "it reads rows of table rates, whose answer is the database's");
        DelegatedStep down =
                new DelegatedStep(
                        "billing",
                        "ae10",
                        Optional.of("base"),
                        true,
                        Atomicity.ATOMIC,
                        files,
                        up.reason());
        DelegatedStep program =
                new DelegatedStep(
                        "billing",
                        "scripts/fill.js",
                        Optional.empty(),
                        false,
                        Atomicity.NOT_ATOMIC,
                        new TreeMap<>(),
                        "asked for by name");
        return new Plan(
                Framework.ALEMBIC,
                Optional.of(new VersionTableName(PUBLIC, "alembic_version")),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "ae10",
                                "rates",
                                "versions/ae10_rates.py",
                                Optional.empty(),
                                List.of(up, program),
                                Optional.of(List.of(down)))));
    }

    static Plan minimal() {
        return new Plan(
                Framework.SQL,
                Optional.empty(),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "1",
                                "",
                                "1.sql",
                                Optional.empty(),
                                List.of(),
                                Optional.empty())));
    }

    /** With what plans did not have at first. */
    static Plan grown() {
        StatementStep script =
                new StatementStep(
                        List.of(), "begin; select 1; commit; select 2", new Probe.Undecidable());
        return new Plan(
                Framework.SQL,
                Optional.empty(),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "1",
                                "",
                                "1.sql",
                                Optional.empty(),
                                Arrays.stream(Atomicity.values()).<Step>map(script::with).toList(),
                                Optional.empty())));
    }

    /** With the places of statements in their files. */
    static Plan placed() {
        List<Step> up =
                List.of(
                        new ScriptStep("select 1;\nselect 2")
                                .at(List.of(ScriptExcerpt.of("V1__a.sql", 2, 1, 0))),
                        new StatementStep(
                                        List.of("set lock_timeout = '1s'"),
                                        "vacuum users",
                                        new Probe.Harmless())
                                .at(
                                        List.of(
                                                ScriptExcerpt.nowhere(1),
                                                ScriptExcerpt.of("V1__a.sql", 1, 3, -2))),
                        new ScriptStep("select 4").at(List.of(ScriptExcerpt.recorded(1, 4))));
        return new Plan(
                Framework.FLYWAY,
                Optional.of(new VersionTableName(ANY, "flyway_schema_history")),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "1",
                                "a",
                                "V1__a.sql",
                                Optional.of("17"),
                                up,
                                Optional.empty())));
    }

    private static List<Step> everyStep() {
        return List.of(
                new ScriptStep("select 1"),
                new StatementStep(
                        List.of("set maintenance_work_mem = '1GB'"),
                        "create index concurrently users_email_idx on users (email)",
                        new Probe.IndexCreated(PUBLIC, "users", "users_email_idx")),
                statement(new Probe.IndexCreated(ANY, "users", "users_email_idx")),
                statement(new Probe.IndexDropped(PUBLIC, "users_name_idx")),
                statement(new Probe.IndexRebuilt(ANY, "users")),
                statement(new Probe.PartitionDetached(PUBLIC, "events", ANY, "events_2025")),
                statement(new Probe.Harmless()),
                statement(new Probe.Undecidable()),
                new CheckStep("no user without email", "select count(*) from users", "0"));
    }

    private static Step statement(Probe probe) {
        return new StatementStep(List.of(), "vacuum users", probe);
    }
}
