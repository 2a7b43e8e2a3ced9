package dev.skein.ops.source.alembic;

import dev.skein.ops.source.ProblemCode;
import dev.skein.ops.source.Problems;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes migrations of two recordings.
 *
 * <p>Threads: one.
 */
final class AlembicMigrations {
    private static final List<Step> NOTHING = List.of(new ScriptStep(""));

    private final Function<Path, String> names;
    private final List<String> session;
    private final Set<String> accepted;
    private final Problems problems;
    private final Consumer<String> notes;

    /**
     * @param names of files, as plans have them
     * @param session settings that env.py makes ahead of each revision
     */
    AlembicMigrations(
            Function<Path, String> names,
            List<String> session,
            Set<String> accepted,
            Problems problems,
            Consumer<String> notes) {
        this.names = names;
        this.session = session;
        this.accepted = accepted;
        this.problems = problems;
        this.notes = notes;
    }

    /** One migration; problems where its way up is not to be relied on. */
    Migration of(RecordedRevision first, RecordedRevision second) {
        String file = names.apply(first.path());
        List<Step> up = AlembicSteps.of(file, first.up(), session, problems);
        Repeatability.reason(first.up(), second.up())
                .filter(reason -> !accepted.contains(first.id()))
                .ifPresent(
                        reason ->
                                problems.add(
                                        file,
                                        ProblemCode.NOT_REPEATABLE,
                                        reason,
                                        "Write it as SQL that is the same everywhere, or take it"
                                                + " as recorded with --accept "
                                                + first.id()));
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
        Problems found = new Problems();
        List<Step> steps = AlembicSteps.of(file, first.down(), session, found);
        if (!found.isEmpty()) {
            return noWayBack(
                    file, "its downgrade() cannot be carried: " + found.inOrder().get(0).message());
        }
        if (steps.equals(NOTHING) && !up.equals(NOTHING)) {
            return noWayBack(file, "its downgrade() does nothing, and its upgrade() did something");
        }
        Optional<String> reason =
                Repeatability.reason(first.down(), second.down())
                        .filter(each -> !accepted.contains(first.id()));
        return reason.isPresent()
                ? noWayBack(file, "of its downgrade(), " + reason.get())
                : Optional.of(steps);
    }

    private Optional<List<Step>> noWayBack(String file, String why) {
        notes.accept(file + ": no way back, " + why);
        return Optional.empty();
    }
}
