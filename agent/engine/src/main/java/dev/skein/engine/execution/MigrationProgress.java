package dev.skein.engine.execution;

import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fold of the ledger's rows: the state of each migration, in the order in which they were
 * applied.
 */
final class MigrationProgress {
    private final Map<String, MigrationState> byKey = new LinkedHashMap<>();

    private MigrationProgress() {}

    /** Folds rows that come in sequence. */
    static MigrationProgress of(List<LedgerRow> rows) {
        MigrationProgress progress = new MigrationProgress();
        for (LedgerRow row : rows) {
            row.step().ifPresent(step -> progress.fold(row, step));
            if (row.step().isEmpty() && row.kind() == LedgerKind.ENDED) {
                progress.endedInDoubt();
            }
        }
        return progress;
    }

    /** The state of the migration of that key; absent if the ledger knows nothing of it. */
    Optional<MigrationState> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** All states by key, those of completed migrations in the order of their first step. */
    Map<String, MigrationState> all() {
        return byKey;
    }

    /** Whether this rollout has anything of a migration in the database. */
    boolean belongs(String key, RolloutId rollout) {
        return of(key).filter(s -> s.present() && s.rollout().equals(rollout)).isPresent();
    }

    private void fold(LedgerRow row, StepRef step) {
        switch (step.direction()) {
            case UP -> foldUp(row, step);
            case DOWN -> foldDown(row, step);
            case CHECK, HOOK -> {
                // No part of a migration.
            }
        }
    }

    /** Where a step up is in doubt, the order may have left a failure in the version table. */
    private void endedInDoubt() {
        byKey.replaceAll((key, state) -> state.upStarted() ? state.asFailed() : state);
    }

    private void foldUp(LedgerRow row, StepRef step) {
        boolean ran = row.kind() == LedgerKind.STARTED || row.kind() == LedgerKind.DONE;
        MigrationState known = byKey.get(step.migration());
        boolean begins = known == null || ran && known.complete() && step.index() == 0;
        if (begins || ran && !known.present()) {
            // Removed first, so that the order is that of the last application: others may have
            // been applied since a repeatable migration ran, or since an attempt that had no
            // effect.
            byKey.remove(step.migration());
            byKey.put(
                    step.migration(),
                    begins ? MigrationState.none(row, before(known, row)) : known);
        }
        MigrationState before = byKey.get(step.migration());
        byKey.put(step.migration(), up(before, row, step.index()));
    }

    private static Optional<String> before(MigrationState known, LedgerRow row) {
        return Optional.ofNullable(known).flatMap(state -> state.beforeRunningAgain(row));
    }

    private static MigrationState up(MigrationState before, LedgerRow row, int index) {
        return switch (row.kind()) {
            case STARTED -> before.upStarted(row, index);
            case DONE -> before.upDone(row, index);
            case RETRIED -> before.upRolledBack(before.failed());
            case ENDED -> before.upRolledBack(true);
            case ACCEPTED -> before;
        };
    }

    private void foldDown(LedgerRow row, StepRef step) {
        boolean ran = row.kind() == LedgerKind.STARTED || row.kind() == LedgerKind.DONE;
        MigrationState before = byKey.get(step.migration());
        if (before == null && ran) {
            // Somebody else applied it, and an order to a version undoes it.
            before = MigrationState.whole(row.rollout(), row.checksum());
        }
        if (before == null) {
            return;
        }
        if (row.kind() == LedgerKind.DONE && row.completes()) {
            byKey.remove(step.migration());
            return;
        }
        MigrationState after = down(before, row, step.index());
        if (after.isOfOthers() && !after.partial()) {
            // The step down left nothing behind: the ledger knows as little of it as before.
            byKey.remove(step.migration());
        } else {
            byKey.put(step.migration(), after);
        }
    }

    private static MigrationState down(MigrationState before, LedgerRow row, int index) {
        return switch (row.kind()) {
            case STARTED -> before.downStarted(index);
            case DONE -> before.downDone(index);
            case RETRIED, ENDED -> before.downRolledBack();
            case ACCEPTED -> before;
        };
    }
}
