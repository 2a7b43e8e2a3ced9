package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.RolloutTarget;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.strategy.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Watches one fold: nothing goes back, and a second fold of the same records is equal. */
final class FoldWatch {
    private static final int REPLAY_EVERY = 150;

    private final World world;
    private final Fleet fleet;
    private final Map<DatabaseId, DatabaseState> before = new TreeMap<>();
    private int batches;

    FoldWatch(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /**
     * @param leading whether every decision has been folded wholly; a fold that catches up may know
     *     of a pause and not yet of the orders before it
     */
    void check(boolean leading) {
        fleet.rollouts().forEach(rollout -> check(rollout, leading));
        if (++batches % REPLAY_EVERY == 0) {
            replay();
        }
    }

    private void check(RolloutState rollout, boolean leading) {
        int draining = 0;
        int pause = rollout.pause().map(RolloutPaused::number).orElse(0);
        for (Map.Entry<DatabaseId, RolloutTarget> each : rollout.targets().entrySet()) {
            DatabaseState state = fleet.database(each.getKey());
            checkOnward(state);
            if (state.mayBeAtWorkElsewhere(rollout.id())) {
                draining++;
            } else if (state.mayStart(rollout.id())) {
                IssuedOrder order = state.orders().last().orElseThrow();
                int seen = state.reportOn(order).map(OrderReport::pauseSeen).orElse(0);
                draining += seen < pause ? 1 : 0;
            }
        }
        if (leading && pause > 0 && draining == 0) {
            world.auditor().quiesced(rollout.id(), pause);
        }
    }

    private void checkOnward(DatabaseState state) {
        DatabaseState last = before.put(state.id(), state);
        if (last == null || last == state) {
            return;
        }
        Violation.unless(
                (last.progress().sequence() <= state.progress().sequence()
                                || world.isPutBack(state.id()))
                        && last.progress().epoch() <= state.progress().epoch()
                        && last.orders().epoch() <= state.orders().epoch(),
                state.id() + " went back: " + last + " then " + state);
        Optional<OrderReport> was = last.progress().last();
        Optional<OrderReport> is = state.progress().last();
        if (was.isPresent()
                && isSame(was.get(), is.orElseThrow())
                && !world.isPutBack(state.id())) {
            checkOnward(state.id(), was.get(), is.get());
        }
    }

    /** A ledger that knows more than its log may tell of an epoch that the log gave otherwise. */
    private static boolean isSame(OrderReport was, OrderReport is) {
        return was.epoch() == is.epoch() && was.rollout().equals(is.rollout());
    }

    private static void checkOnward(DatabaseId id, OrderReport was, OrderReport is) {
        int stepsWere = was.progress().map(each -> each.stepsDone()).orElse(0);
        int stepsAre = is.progress().map(each -> each.stepsDone()).orElse(0);
        Violation.unless(
                stepsWere <= stepsAre && (!was.status().isFinal() || was.equals(is)),
                id + ": progress went back: " + was + " then " + is);
    }

    /** The same records, partitions interleaved in another way. */
    void replay() {
        SortedMap<TopicPartition, Long> ends = fleet.view().positions();
        SortedMap<TopicPartition, Integer> cursors = new TreeMap<>();
        ends.keySet().forEach(topicPartition -> cursors.put(topicPartition, 0));
        List<TopicPartition> open = new ArrayList<>(ends.keySet());
        Fleet second = new Fleet();
        while (!open.isEmpty()) {
            TopicPartition topicPartition = world.dice().pick(open);
            int next = cursors.get(topicPartition);
            if (next > ends.get(topicPartition)) {
                open.remove(topicPartition);
                continue;
            }
            LogRecord record = world.log().records(topicPartition).get(next);
            second.apply(record.envelope(), record.position(), record.appendedAt());
            cursors.put(topicPartition, next + 1);
        }
        Violation.unless(
                second.view().canonical().equals(fleet.view().canonical()),
                "a replay of the log differs from the live state");
        world.count("replay");
    }

    /** What is decided on this state: no order into a wave that has exceeded its budget. */
    void decided(List<Entry> entries) {
        boolean resumed =
                entries.stream()
                        .anyMatch(each -> each.envelope().event() instanceof RolloutResumed);
        for (Entry entry : entries) {
            if (!resumed
                    && entry.envelope().event() instanceof OrderIssued order
                    && order.kind() != OrderKind.ROLLBACK) {
                withinBudget(order);
            }
        }
    }

    /** A wave that has passed is judged: what is ordered of it later, a person has asked for. */
    private void withinBudget(OrderIssued order) {
        RolloutState rollout = fleet.rollout(order.rollout()).orElseThrow();
        if (rollout.waves().get(order.wave()).isPassed()) {
            return;
        }
        int databases = 0;
        int failed = 0;
        for (Map.Entry<DatabaseId, RolloutTarget> each : rollout.targets().entrySet()) {
            if (each.getValue().wave() == order.wave()) {
                databases++;
                failed += hasFailed(rollout, each.getKey(), each.getValue()) ? 1 : 0;
            }
        }
        boolean goesOn =
                rollout.spec(order.wave()).limits().onFailure() == OnFailure.CONTINUE
                        || failed
                                <= rollout.spec(order.wave())
                                        .limits()
                                        .failureBudget()
                                        .allowed(databases);
        Violation.unless(goesOn, failed + " of " + databases + " failed, yet " + order);
    }

    private boolean hasFailed(RolloutState rollout, DatabaseId id, RolloutTarget target) {
        DatabaseState state = fleet.database(id);
        Optional<IssuedOrder> order = state.orders().of(rollout.id());
        return target.desired() == DesiredState.APPLY
                && order.filter(each -> each.goal() == target.goal())
                        .flatMap(state::reportOn)
                        .filter(report -> report.status() == ReportStatus.FAILED)
                        .filter(report -> !isOrderedAgain(id, order.get(), report))
                        .isPresent();
    }

    /** Its ledger was ahead of the order, or the database has gone to another agent. */
    private boolean isOrderedAgain(DatabaseId id, IssuedOrder order, OrderReport report) {
        String code = report.failure().map(each -> each.failure().code()).orElse("");
        boolean elsewhere =
                fleet.inventory()
                        .announcement(id)
                        .filter(each -> !each.owner().equals(order.agent()))
                        .isPresent();
        return code.equals("unknown-database") && elsewhere
                || code.equals("ledger-ahead") && !order.again();
    }
}
