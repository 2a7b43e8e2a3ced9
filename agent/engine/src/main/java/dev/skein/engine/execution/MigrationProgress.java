package dev.skein.engine.execution;

import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fold of the ledger's rows: each migration's standing, in the order in which they came in. */
final class MigrationProgress {
    private final Map<String, PartialMigration> byKey = new LinkedHashMap<>();

    private MigrationProgress() {}

    /** Folds rows that come in sequence. */
    static MigrationProgress of(List<LedgerRow> rows) {
        MigrationProgress standings = new MigrationProgress();
        for (LedgerRow row : rows) {
            row.step().ifPresent(step -> standings.fold(row, step));
        }
        return standings;
    }

    /** The standing of the migration of that key; absent if the ledger knows nothing of it. */
    Optional<PartialMigration> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** All standings by key, those of completed migrations in the order of their first step. */
    Map<String, PartialMigration> all() {
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

    private void foldUp(LedgerRow row, StepRef step) {
        boolean ran = row.kind() == LedgerKind.STARTED || row.kind() == LedgerKind.DONE;
        PartialMigration known = byKey.get(step.migration());
        boolean anew = known == null || ran && known.complete() && step.index() == 0;
        if (anew || ran && !known.present()) {
            // Taken out first, so that a migration stands where it was applied last: others may
            // have come in since a repeatable one ran, or one that was tried in vain.
            byKey.remove(step.migration());
            byKey.put(step.migration(), anew ? PartialMigration.none(row) : known);
        }
        PartialMigration before = byKey.get(step.migration());
        byKey.put(step.migration(), up(before, row, step.index()));
    }

    private static PartialMigration up(PartialMigration before, LedgerRow row, int index) {
        return switch (row.kind()) {
            case STARTED -> before.upStarted(row, index);
            case DONE -> before.upDone(row, index);
            case RETRIED -> before.upSettled(before.failed());
            case ENDED -> before.upSettled(true);
            case ACCEPTED -> before;
        };
    }

    private void foldDown(LedgerRow row, StepRef step) {
        PartialMigration before = byKey.get(step.migration());
        if (before == null) {
            return;
        }
        if (row.kind() == LedgerKind.DONE && row.completes()) {
            byKey.remove(step.migration());
            return;
        }
        byKey.put(step.migration(), down(before, row, step.index()));
    }

    private static PartialMigration down(PartialMigration before, LedgerRow row, int index) {
        return switch (row.kind()) {
            case STARTED -> before.downStarted(index);
            case DONE -> before.downDone(index);
            case RETRIED, ENDED -> before.downSettled();
            case ACCEPTED -> before;
        };
    }
}
