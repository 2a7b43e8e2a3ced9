package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database says of itself once the execution holds its locks.
 *
 * @param epoch the highest the ledger has accepted; 0 for none
 * @param lastSequence of the ledger; 0 where it is empty
 * @param rows of the ledger, in sequence: the steps for this plan's version table, and every row of
 *     the highest epoch
 * @param history what the framework's version table says; absent where there is none
 * @param sessionContext where the statements of steps run
 * @param origin where the ledger belongs
 * @param digests of those objects by which {@link LostRows} tells, as far as they are there
 */
public record Survey(
        long epoch,
        long lastSequence,
        List<LedgerRow> rows,
        Optional<VersionHistory> history,
        SessionContext sessionContext,
        LedgerOrigin origin,
        SortedMap<String, String> digests) {
    /** Copies list and map. */
    public Survey {
        rows = List.copyOf(rows);
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** A survey for which no object had to be looked at. */
    public Survey(
            long epoch,
            long lastSequence,
            List<LedgerRow> rows,
            Optional<VersionHistory> history,
            SessionContext sessionContext,
            LedgerOrigin origin) {
        this(epoch, lastSequence, rows, history, sessionContext, origin, new TreeMap<>());
    }

    /** A survey of a ledger that does not say where it belongs. */
    public Survey(
            long epoch,
            long lastSequence,
            List<LedgerRow> rows,
            Optional<VersionHistory> history,
            SessionContext sessionContext) {
        this(epoch, lastSequence, rows, history, sessionContext, LedgerOrigin.UNKNOWN);
    }

    /** A survey without a session context, for plans whose parameters do not need it. */
    public Survey(
            long epoch, long lastSequence, List<LedgerRow> rows, Optional<VersionHistory> history) {
        this(epoch, lastSequence, rows, history, SessionContext.UNKNOWN);
    }

    /** The same, of a ledger that says where it belongs. */
    public Survey of(LedgerOrigin where) {
        return new Survey(epoch, lastSequence, rows, history, sessionContext, where, digests);
    }

    /** The same, with what the catalogue shows of these objects. */
    public Survey with(SortedMap<String, String> found) {
        return new Survey(epoch, lastSequence, rows, history, sessionContext, origin, found);
    }

    /** The rollout whose order took the ledger's epoch, where a row tells. */
    Optional<RolloutId> holder() {
        return rows.stream()
                .filter(row -> row.kind() == LedgerKind.ACCEPTED && row.epoch() == epoch)
                .map(LedgerRow::rollout)
                .findFirst();
    }

    /**
     * Whether the ledger has obeyed a later order than this one, or another of its epoch: of
     * another rollout, or of another kind. Epochs rise within one log, so either this log has a
     * newer order, or it lacks some.
     */
    boolean isAheadOf(OrderIssued order) {
        boolean another =
                epoch == order.epoch()
                        && (holder().filter(taker -> !taker.equals(order.rollout())).isPresent()
                                || origin.heldKind()
                                        .filter(kind -> kind != order.kind())
                                        .isPresent());
        return epoch > order.epoch() || another;
    }

    /** Whether the ledger obeys another log than the order's. */
    boolean isOfAnotherLog(OrderIssued order) {
        return origin.log().isPresent()
                && order.log().filter(log -> !log.equals(origin.log().get())).isPresent();
    }

    /** Whether the ledger has a row of this kind and epoch. */
    boolean has(LedgerKind kind, long ofEpoch) {
        return rows.stream().anyMatch(row -> row.kind() == kind && row.epoch() == ofEpoch);
    }

    /** The same database without anything of these migrations. */
    Survey without(List<String> keys) {
        return new Survey(
                epoch,
                lastSequence,
                rows.stream()
                        .filter(
                                row ->
                                        row.step()
                                                .filter(s -> keys.contains(s.migration()))
                                                .isEmpty())
                        .toList(),
                history.map(known -> known.without(keys)),
                sessionContext,
                origin,
                digests);
    }

    /** Whether any order of that rollout has done a step down. */
    boolean undoneBy(RolloutId rollout) {
        return rows.stream()
                .filter(row -> row.kind() == LedgerKind.DONE && row.rollout().equals(rollout))
                .flatMap(row -> row.step().stream())
                .anyMatch(step -> step.direction() == Direction.DOWN);
    }

    /** Steps down that the order of this epoch has done. */
    int stepsBack(long ofEpoch) {
        return (int)
                rows.stream()
                        .filter(row -> row.kind() == LedgerKind.DONE && row.epoch() == ofEpoch)
                        .flatMap(row -> row.step().stream())
                        .filter(step -> step.direction() == Direction.DOWN)
                        .count();
    }

    /** Whether an order above this epoch has written that it starts this step. */
    boolean startedAfter(long ofEpoch, StepRef step) {
        return rows.stream()
                .filter(row -> row.kind() == LedgerKind.STARTED && row.epoch() > ofEpoch)
                .anyMatch(row -> row.step().filter(step::equals).isPresent());
    }

    /** Steps of repeatable migrations that the order of this epoch has done. */
    int stepsRepeated(long ofEpoch) {
        return (int)
                rows.stream()
                        .filter(row -> row.kind() == LedgerKind.DONE && row.epoch() == ofEpoch)
                        .flatMap(row -> row.step().stream())
                        .filter(step -> step.direction() == Direction.UP)
                        .filter(
                                step ->
                                        MigrationKey.kindOf(step.migration())
                                                == MigrationKind.REPEATABLE)
                        .count();
    }

    /** Whether the order of this epoch has done this step. */
    boolean doneBy(long ofEpoch, StepRef step) {
        return has(LedgerKind.DONE, ofEpoch, step);
    }

    private boolean has(LedgerKind kind, long ofEpoch, StepRef step) {
        return rows.stream()
                .filter(row -> row.kind() == kind && row.epoch() == ofEpoch)
                .anyMatch(row -> row.step().filter(step::equals).isPresent());
    }

    /** Whether the order of this epoch has done a step up. */
    boolean appliedBy(long ofEpoch) {
        return rows.stream()
                .filter(row -> row.kind() == LedgerKind.DONE && row.epoch() == ofEpoch)
                .flatMap(row -> row.step().stream())
                .anyMatch(step -> step.direction() == Direction.UP);
    }
}
