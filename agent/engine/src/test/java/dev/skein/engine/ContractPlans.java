package dev.skein.engine;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plans in standard SQL, whose last migration adds a row, so that a second run would be seen. */
final class ContractPlans {
    /** Run from outside before the first order. */
    static final String SETUP = "create table counted (n int)";

    /** How often the last migration is there. */
    static final String COUNT = "select count(*) from counted";

    private ContractPlans() {}

    /** The migration that counts, alone. */
    static Plan counting() {
        return counting(Framework.SQL, 1);
    }

    /** That many migrations, each of which adds a row. */
    static Plan counting(Framework framework, int migrations) {
        List<Migration> all =
                IntStream.rangeClosed(1, migrations)
                        .mapToObj(number -> counted(framework, number))
                        .toList();
        return new Plan(framework, Optional.empty(), all);
    }

    /** One script, without a way back. */
    static Plan script(String sql) {
        Migration only =
                migration(Framework.SQL, 1, List.of(new ScriptStep(sql)), Optional.empty());
        return new Plan(Framework.SQL, Optional.empty(), List.of(only));
    }

    /** The sample's migration, and one that counts. */
    static Plan of(StepSample sample, Framework framework) {
        return new Plan(
                framework,
                Optional.empty(),
                List.of(
                        migration(framework, 1, sample.up(), Optional.of(sample.down())),
                        counted(framework, 2)));
    }

    /** What the framework's version table says while all of the plan is there. */
    static String versions(Plan plan) {
        Stream<String> versions = plan.migrations().stream().map(Migration::version);
        return plan.framework() == Framework.ALEMBIC
                ? last(plan)
                : versions.collect(Collectors.joining(" "));
    }

    /** The version that the plan leads to. */
    static String last(Plan plan) {
        return plan.migrations().get(plan.migrations().size() - 1).version();
    }

    private static Migration counted(Framework framework, int number) {
        return migration(
                framework,
                number,
                List.of(new ScriptStep("insert into counted values (" + number + ")")),
                Optional.of(List.of(new ScriptStep("delete from counted where n = " + number))));
    }

    private static Migration migration(
            Framework framework, int number, List<Step> up, Optional<List<Step>> down) {
        List<String> parents = number == 1 ? List.of() : List.of(Integer.toString(number - 1));
        return new Migration(
                MigrationKind.VERSIONED,
                Integer.toString(number),
                "migration " + number,
                "V" + number + "__migration.sql",
                Optional.of(Integer.toString(number)),
                up,
                down,
                framework == Framework.ALEMBIC ? Optional.of(parents) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
