package dev.skein.ops.source.knex;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.record.Acceptance;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Makes migrations of two recordings.
 *
 * <p>Threads: one.
 */
final class KnexMigrationMapper {
    private static final Pattern STAMP = Pattern.compile("^\\d+[_-]+(?=.)");
    private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[A-Za-z]+$");

    private final KnexRecording first;
    private final KnexRecording second;
    private final Acceptance acceptance;
    private final KnexDelegation delegation;
    private final ProjectFileNames names;
    private final PlanProblems problems;
    private final Consumer<String> notes;

    KnexMigrationMapper(
            KnexRecording first,
            KnexRecording second,
            Acceptance acceptance,
            KnexDelegation delegation,
            ProjectFileNames names,
            PlanProblems problems,
            Consumer<String> notes) {
        this.first = first;
        this.second = second;
        this.acceptance = acceptance;
        this.delegation = delegation;
        this.names = names;
        this.problems = problems;
        this.notes = notes;
    }

    /** One migration. If its up may send other SQL elsewhere, problems are added. */
    Migration of(KnexProject.File file) {
        String name = file.name();
        RecordedRun run = first.run(name, MigrationFunction.UP).orElseThrow();
        PlanProblems own = new PlanProblems();
        List<Step> recorded = steps(run, own);
        Optional<String> found = reason(run, recorded);
        Optional<String> delegated = acceptance.delegated(name, found);
        List<Step> up = delegated.map(why -> delegated(run, why)).orElse(recorded);
        if (delegated.isEmpty()) {
            problems.addAll(own);
            found.ifPresent(reason -> refuse(name, reason));
        }
        return new Migration(
                MigrationKind.VERSIONED,
                name,
                description(name),
                names.script(name),
                // Knex keeps none, and teams reformat their files.
                Optional.empty(),
                up,
                down(name, up, delegated));
    }

    private List<Step> delegated(RecordedRun run, String why) {
        if (first.run(run.name(), MigrationFunction.DOWN).isEmpty()) {
            problems.add(
                    names.script(run.name()),
                    PlanProblemCode.CONFIGURATION,
                    "it is delegated and exports no function down, and Knex runs no migration"
                            + " without one",
                    "Export one; it may throw an error");
            return List.of();
        }
        return delegation.steps(run, first.loaded(run.name()), why);
    }

    static String description(String name) {
        String stem = EXTENSION.matcher(name).replaceFirst("");
        return STAMP.matcher(stem).replaceFirst("");
    }

    private void refuse(String name, String reason) {
        acceptance.ask(name, names.script(name), reason, "Write the values into the migration");
    }

    private List<Step> steps(RecordedRun run, PlanProblems found) {
        return KnexSteps.of(RunReader.units(run, names.script(run.name()), found));
    }

    private Optional<String> reason(RecordedRun run, List<Step> steps) {
        PlanProblems ignored = new PlanProblems();
        RecordedRun again = second.run(run.name(), run.direction()).orElseThrow();
        List<KnexRepeatability.Trial> trials =
                second.trials(run.name(), run.direction()).stream()
                        .map(trial -> new KnexRepeatability.Trial(trial, steps(trial, ignored)))
                        .toList();
        return KnexRepeatability.reason(
                new KnexRepeatability.Versions(steps, again, steps(again, ignored), trials));
    }

    /**
     * @param up what its up is in the plan
     * @param delegated why that is delegated
     */
    private Optional<List<Step>> down(String name, List<Step> up, Optional<String> delegated) {
        Optional<RecordedRun> found = first.run(name, MigrationFunction.DOWN);
        if (found.isEmpty()) {
            return noWayBack(name, "it exports no function down");
        }
        RecordedRun run = found.get();
        if (run.error().isPresent()) {
            return noWayBack(name, "its down fails: " + run.error().get().shown());
        }
        PlanProblems own = new PlanProblems();
        List<Step> steps = steps(run, own);
        Optional<String> reason = reason(run, steps);
        Optional<String> why = acceptance.delegated(name, reason).or(() -> delegated);
        if (why.isPresent() && !(isEmpty(steps) && reason.isEmpty() && run.rows().isEmpty())) {
            return Optional.of(delegation.steps(run, first.loaded(name), why.get()));
        }
        if (!own.isEmpty()) {
            return noWayBack(name, "its down cannot be carried: " + own.inOrder().get(0).message());
        }
        if (isEmpty(steps) && !isEmpty(up)) {
            notes.accept(
                    names.script(name)
                            + ": its down does nothing, so a way back leaves what it made");
            return Optional.of(steps);
        }
        return reason.isPresent() && !acceptance.has(name)
                ? noWayBack(name, "of its down, " + reason.get() + "; " + Acceptance.ways(name))
                : Optional.of(steps);
    }

    private static boolean isEmpty(List<Step> steps) {
        return steps.equals(KnexSteps.of(List.of()));
    }

    private Optional<List<Step>> noWayBack(String name, String why) {
        notes.accept(names.script(name) + ": no way back, " + why);
        return Optional.empty();
    }
}
