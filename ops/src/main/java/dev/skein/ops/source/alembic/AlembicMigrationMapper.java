package dev.skein.ops.source.alembic;

import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.record.Acceptance;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes migrations of two recordings.
 *
 * <p>Threads: one.
 */
final class AlembicMigrationMapper {
    private static final List<Step> NOTHING = List.of(new ScriptStep(""));

    private final AlembicRecording recording;
    private final Function<Path, String> names;
    private final List<String> session;
    private final Acceptance acceptance;
    private final PlanProblems problems;
    private final Consumer<String> notes;

    /**
     * @param recording the first one
     * @param names of files, as plans have them
     * @param session settings that env.py makes before each revision
     */
    AlembicMigrationMapper(
            AlembicRecording recording,
            Function<Path, String> names,
            List<String> session,
            Acceptance acceptance,
            PlanProblems problems,
            Consumer<String> notes) {
        this.recording = recording;
        this.names = names;
        this.session = session;
        this.acceptance = acceptance;
        this.problems = problems;
        this.notes = notes;
    }

    /** One migration. If its upgrade may send other SQL elsewhere, problems are added. */
    Migration of(RecordedRevision first, RecordedRevision second) {
        String file = names.apply(first.path());
        List<Step> up = AlembicSteps.of(file, first.up(), session, problems);
        AlembicRepeatability.reason(first.up(), second.up())
                .or(
                        () ->
                                recording
                                        .offlineUp(first.id())
                                        .flatMap(each -> each.reason(file, first.up())))
                .ifPresent(
                        reason ->
                                acceptance.ask(
                                        first.id(),
                                        file,
                                        reason,
                                        "Write it as SQL that is the same everywhere"));
        return new Migration(
                MigrationKind.VERSIONED,
                first.id(),
                first.doc(),
                file,
                // Alembic keeps none, and teams reformat their files.
                Optional.empty(),
                up,
                down(file, first, second, up),
                Optional.of(first.parents()),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<List<Step>> down(
            String file, RecordedRevision first, RecordedRevision second, List<Step> up) {
        if (first.down().error().isPresent()) {
            return noWayBack(file, "its downgrade() fails: " + first.down().error().get());
        }
        PlanProblems found = new PlanProblems();
        List<Step> steps = AlembicSteps.of(file, first.down(), session, found);
        if (!found.isEmpty()) {
            return noWayBack(
                    file, "its downgrade() cannot be carried: " + found.inOrder().get(0).message());
        }
        if (steps.equals(NOTHING) && !up.equals(NOTHING)) {
            notes.accept(
                    file + ": its downgrade() does nothing, so a way back leaves what it made");
            return Optional.of(steps);
        }
        Optional<String> reason =
                AlembicRepeatability.reason(first.down(), second.down())
                        .or(
                                () ->
                                        recording
                                                .offlineDown(first.id())
                                                .flatMap(each -> each.reason(file, first.down())))
                        .filter(each -> !acceptance.has(first.id()));
        return reason.isPresent()
                ? noWayBack(
                        file,
                        "of its downgrade(), "
                                + reason.get()
                                + "; --accept "
                                + first.id()
                                + " takes it as recorded")
                : Optional.of(steps);
    }

    private Optional<List<Step>> noWayBack(String file, String why) {
        notes.accept(file + ": no way back, " + why);
        return Optional.empty();
    }
}
