package dev.skein.ops.source.knex;

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
    private final ProjectFileNames names;
    private final PlanProblems problems;
    private final Consumer<String> notes;

    KnexMigrationMapper(
            KnexRecording first,
            KnexRecording second,
            Acceptance acceptance,
            ProjectFileNames names,
            PlanProblems problems,
            Consumer<String> notes) {
        this.first = first;
        this.second = second;
        this.acceptance = acceptance;
        this.names = names;
        this.problems = problems;
        this.notes = notes;
    }

    /** One migration. If its up may send other SQL elsewhere, problems are added. */
    Migration of(KnexProject.File file) {
        RecordedRun up = first.run(file.name(), MigrationFunction.UP).orElseThrow();
        List<Step> steps = steps(up, problems);
        reason(up, steps).ifPresent(reason -> refuse(file.name(), reason));
        return new Migration(
                MigrationKind.VERSIONED,
                file.name(),
                description(file.name()),
                names.script(file.name()),
                // Knex keeps none, and teams reformat their files.
                Optional.empty(),
                steps,
                down(file.name(), steps));
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

    private Optional<List<Step>> down(String name, List<Step> up) {
        Optional<RecordedRun> run = first.run(name, MigrationFunction.DOWN);
        if (run.isEmpty()) {
            return noWayBack(name, "it exports no function down");
        }
        if (run.get().error().isPresent()) {
            return noWayBack(name, "its down fails: " + run.get().error().get().shown());
        }
        PlanProblems found = new PlanProblems();
        List<Step> steps = steps(run.get(), found);
        if (!found.isEmpty()) {
            return noWayBack(
                    name, "its down cannot be carried: " + found.inOrder().get(0).message());
        }
        if (isEmpty(steps) && !isEmpty(up)) {
            notes.accept(
                    names.script(name)
                            + ": its down does nothing, so a way back leaves what it made");
            return Optional.of(steps);
        }
        Optional<String> reason = reason(run.get(), steps).filter(each -> !acceptance.has(name));
        return reason.isPresent()
                ? noWayBack(name, "of its down, " + reason.get())
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
