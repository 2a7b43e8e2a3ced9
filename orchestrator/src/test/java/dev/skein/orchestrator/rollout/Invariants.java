package dev.skein.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a log of one rollout after another and checks what must hold at each record, by books of
 * its own: it shares no code with what is tested.
 */
final class Invariants {
    private final Map<DatabaseId, OrderIssued> orders = new HashMap<>();
    private final Map<DatabaseId, FleetEvent> ends = new HashMap<>();
    private final Map<DatabaseId, Integer> confirmed = new HashMap<>();
    private final Map<DatabaseId, Integer> waveOf = new HashMap<>();
    private final Set<DatabaseId> skipped = new HashSet<>();
    private final Set<Integer> started = new HashSet<>();
    private final Set<Integer> passed = new HashSet<>();
    private RolloutOpened opened;
    private int pause;
    private boolean aborted;
    private boolean closed;

    /** Checks the next record. */
    void see(FleetEvent event) {
        if (event instanceof RolloutOpened first) {
            open(first);
        }
        if (event instanceof OrderIssued order) {
            ordered(order);
        }
        if (event instanceof StepEvent report) {
            reported(report);
        }
        waves(event);
        verbs(event);
    }

    private void open(RolloutOpened event) {
        opened = event;
        List.of(waveOf, orders, ends, confirmed).forEach(Map::clear);
        List.of(skipped, started, passed).forEach(Set::clear);
        pause = 0;
        closed = false;
        aborted = false;
        for (int wave = 0; wave < event.waves().size(); wave++) {
            for (DatabaseId id : event.waves().get(wave).databases()) {
                assertThat(waveOf.put(id, wave)).as("%s is in two waves", id).isNull();
            }
        }
    }

    private void ordered(OrderIssued order) {
        assertThat(closed).as("an order of a closed rollout").isFalse();
        assertThat(aborted).as("an order of an aborted rollout").isFalse();
        assertThat(pause).as("an order of a paused rollout").isZero();
        assertThat(started).as("waves that have started").contains(order.wave());
        orders.put(order.database(), order);
        ends.remove(order.database());
        confirmed.remove(order.database());
        long outstanding =
                orders.keySet().stream()
                        .filter(id -> waveOf.get(id) == order.wave() && isOutstanding(id))
                        .count();
        assertThat(outstanding)
                .as("databases in flight in wave %s", order.wave())
                .isLessThanOrEqualTo(spec(order.wave()).limits().maxInFlight());
    }

    private boolean isOutstanding(DatabaseId id) {
        return isWithAgent(id) && !skipped.contains(id);
    }

    private boolean isWithAgent(DatabaseId id) {
        return orders.containsKey(id) && !ends.containsKey(id);
    }

    private void reported(StepEvent event) {
        OrderIssued order = orders.get(event.database());
        if (order == null || order.epoch() != event.epoch()) {
            return;
        }
        boolean end =
                event instanceof DatabaseApplied
                        || event instanceof DatabaseRolledBack
                        || event instanceof DatabaseFailed
                        || event instanceof DatabaseIrreversible
                        || event instanceof OrderStopped;
        if (end) {
            ends.put(event.database(), event);
        }
        if (event instanceof OrderPaused paused) {
            confirmed.put(event.database(), paused.pause());
        }
    }

    private void waves(FleetEvent event) {
        if (event instanceof WaveStarted wave) {
            assertThat(wave.wave() == 0 || passed.contains(wave.wave() - 1))
                    .as("wave %s starts after the one before it passed", wave.wave())
                    .isTrue();
            started.add(wave.wave());
        }
        if (event instanceof WavePassed wave) {
            passed(wave.wave());
            passed.add(wave.wave());
        }
    }

    private void passed(int wave) {
        List<DatabaseId> members =
                waveOf.keySet().stream().filter(id -> waveOf.get(id) == wave).toList();
        assertThat(members).as("in flight in passed wave %s", wave).noneMatch(this::isOutstanding);
        long failures =
                members.stream()
                        .filter(id -> !skipped.contains(id))
                        .map(ends::get)
                        .filter(
                                end ->
                                        end instanceof DatabaseFailed
                                                || end instanceof DatabaseIrreversible)
                        .count();
        if (spec(wave).limits().onFailure() != OnFailure.CONTINUE) {
            assertThat(failures)
                    .as("failures of passed wave %s", wave)
                    .isLessThanOrEqualTo(
                            spec(wave).limits().failureBudget().allowed(members.size()));
        }
    }

    private void verbs(FleetEvent event) {
        if (event instanceof RolloutPaused paused) {
            pause = paused.number();
        }
        if (event instanceof RolloutResumed) {
            pause = 0;
        }
        if (event instanceof RolloutAborted) {
            aborted = true;
        }
        if (event instanceof RolloutClosed) {
            assertThat(orders.keySet()).as("in flight at the end").noneMatch(this::isOutstanding);
            closed = true;
        }
        if (event instanceof DatabasesSkipped skip) {
            skipped.addAll(skip.databases());
        }
        if (event instanceof DatabasesRetried retried) {
            reopened(retried.databases());
        }
        if (event instanceof RollbackRequested back) {
            reopened(back.databases());
        }
    }

    private void reopened(List<DatabaseId> databases) {
        databases.forEach(skipped::remove);
        closed = false;
        aborted = false;
    }

    /** Checks the start of a step, which no log shows. */
    void stepStarted(DatabaseId id) {
        boolean quiesced =
                pause > 0
                        && orders.keySet().stream()
                                .filter(this::isWithAgent)
                                .allMatch(each -> confirmed.getOrDefault(each, 0) >= pause);
        assertThat(quiesced).as("%s starts a step of a quiesced rollout", id).isFalse();
    }

    private WaveSpec spec(int wave) {
        return opened.strategy().waves().get(wave);
    }
}
