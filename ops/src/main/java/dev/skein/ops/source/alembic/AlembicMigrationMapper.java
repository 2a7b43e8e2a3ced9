package dev.skein.ops.source.alembic;

import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.record.Acceptance;
import dev.skein.ops.source.record.Delegates;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Makes migrations of two recordings.
 *
 * <p>Threads: one.
 */
final class AlembicMigrationMapper {
    private static final List<Step> NOTHING = List.of(new ScriptStep(""));

    /** What may end the transaction that Alembic gives a revision, or open another one. */
    static final Pattern OWN_TRANSACTION =
            Pattern.compile(
                    "autocommit|isolation_level|\\.commit\\s*\\(|\\.rollback\\s*\\(|create_engine"
                        + "|sessionmaker|psycopg|asyncpg|[\"']\\s*(commit|rollback|begin|end)\\b",
                    Pattern.CASE_INSENSITIVE);

    private final AlembicRecording recording;
    private final Function<Path, String> names;
    private final List<String> session;
    private final Acceptance acceptance;
    private final Delegates delegates;
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
            Delegates delegates,
            PlanProblems problems,
            Consumer<String> notes) {
        this.recording = recording;
        this.names = names;
        this.session = session;
        this.acceptance = acceptance;
        this.delegates = delegates;
        this.problems = problems;
        this.notes = notes;
    }

    /** One migration. If its upgrade may send other SQL elsewhere, problems are added. */
    Migration of(RecordedRevision first, RecordedRevision second) {
        String file = names.apply(first.path());
        Optional<String> found = upReason(file, first, second);
        Optional<String> delegated = acceptance.delegated(first.id(), found);
        if (delegated.isEmpty()) {
            found.ifPresent(
                    reason ->
                            acceptance.ask(
                                    first.id(),
                                    file,
                                    reason,
                                    "Write it as SQL that is the same everywhere"));
        }
        List<Step> up =
                delegated
                        .map(why -> delegates.steps(run(file, first, first.up(), false, why)))
                        .orElseGet(() -> AlembicSteps.of(file, first.up(), session, problems));
        return new Migration(
                MigrationKind.VERSIONED,
                first.id(),
                first.doc(),
                file,
                // Alembic keeps none, and teams reformat their files.
                Optional.empty(),
                up,
                down(file, first, second, up, delegated),
                Optional.of(first.parents()),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<String> upReason(
            String file, RecordedRevision first, RecordedRevision second) {
        return AlembicRepeatability.reason(first.up(), second.up())
                .or(
                        () ->
                                recording
                                        .offlineUp(first.id())
                                        .flatMap(each -> each.reason(file, first.up())));
    }

    private static Delegates.Program run(
            String file,
            RecordedRevision revision,
            RecordedScript script,
            boolean back,
            String reason) {
        long transactions =
                script.statements().stream().map(AlembicStatement::transaction).distinct().count();
        boolean atomic =
                revision.run().transactional()
                        && transactions <= 1
                        && script.statements().stream().noneMatch(AlembicStatement::autocommit);
        return new Delegates.Program(
                file,
                revision.id(),
                back ? Optional.of(revision.run().before()) : Optional.empty(),
                atomic,
                revision.run().files(),
                reason);
    }

    /**
     * @param up what its upgrade is in the plan
     * @param delegated why that is delegated
     */
    private Optional<List<Step>> down(
            String file,
            RecordedRevision first,
            RecordedRevision second,
            List<Step> up,
            Optional<String> delegated) {
        if (first.down().error().isPresent()) {
            return noWayBack(file, "its downgrade() fails: " + first.down().error().get());
        }
        PlanProblems found = new PlanProblems();
        List<Step> steps = AlembicSteps.of(file, first.down(), session, found);
        Optional<String> reason = downReason(file, first, second);
        Optional<String> why = acceptance.delegated(first.id(), reason).or(() -> delegated);
        if (why.isPresent() && !first.down().statements().isEmpty()) {
            return Optional.of(delegates.steps(run(file, first, first.down(), true, why.get())));
        }
        if (!found.isEmpty()) {
            return noWayBack(
                    file, "its downgrade() cannot be carried: " + found.inOrder().get(0).message());
        }
        if (steps.equals(NOTHING) && !up.equals(NOTHING)) {
            notes.accept(
                    file + ": its downgrade() does nothing, so a way back leaves what it made");
            return Optional.of(steps);
        }
        return reason.isPresent() && !acceptance.has(first.id())
                ? noWayBack(
                        file,
                        "of its downgrade(), " + reason.get() + "; " + Acceptance.ways(first.id()))
                : Optional.of(steps);
    }

    private Optional<String> downReason(
            String file, RecordedRevision first, RecordedRevision second) {
        return AlembicRepeatability.reason(first.down(), second.down())
                .or(
                        () ->
                                recording
                                        .offlineDown(first.id())
                                        .flatMap(each -> each.reason(file, first.down())));
    }

    private Optional<List<Step>> noWayBack(String file, String why) {
        notes.accept(file + ": no way back, " + why);
        return Optional.empty();
    }
}
