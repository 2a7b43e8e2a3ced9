package dev.skein.ops.source.knex;

import dev.skein.ops.source.record.Delegates;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the steps of migrations that Knex itself runs.
 *
 * <p>{@code migrate:up} runs in one transaction with its row where the migration does. {@code
 * migrate:down} never does: it takes the lock, runs the migration, and takes the row out, each by
 * itself.
 */
final class KnexDelegation {
    /** What may end the transaction that Knex gives a migration, or open another one. */
    static final Pattern OWN_TRANSACTION =
            Pattern.compile(
                    "\\.commit\\s*\\(|\\.rollback\\s*\\(|new\\s+(\\w+\\.)?(Pool|Client)\\b"
                            + "|knex['\"]\\s*\\)\\s*\\(|\\b[Kk]nex\\s*\\(\\s*\\{"
                            + "|[\"'`]\\s*(commit|rollback|begin)\\s*([;\"'`]|work|transaction)",
                    Pattern.CASE_INSENSITIVE);

    private final Delegates delegates;
    private final ProjectFileNames names;

    KnexDelegation(Delegates delegates, ProjectFileNames names) {
        this.delegates = delegates;
        this.names = names;
    }

    /**
     * One direction of a migration; nothing, with a problem added, where it cannot be a step.
     *
     * @param run what it sent when it was recorded
     * @param why it is delegated
     */
    List<Step> steps(RecordedRun run, LoadedMigration loaded, String why) {
        boolean up = run.direction() == MigrationFunction.UP;
        return delegates.steps(
                new Delegates.Program(
                        names.script(run.name()),
                        run.name(),
                        Optional.empty(),
                        up && loaded.whole() && connections(run) <= 1,
                        loaded.files(),
                        why));
    }

    private static long connections(RecordedRun run) {
        return run.statements().stream().map(KnexStatement::connection).distinct().count();
    }
}
