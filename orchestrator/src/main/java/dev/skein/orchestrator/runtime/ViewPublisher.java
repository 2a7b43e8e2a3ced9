package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.FleetView;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Makes views of the fleet for readers, not for each batch but every so often.
 *
 * <p>Changes arrive on the owner's context; the newest view may be read on any thread.
 */
final class ViewPublisher {
    /** A person sees no difference; a fleet under load is viewed twenty times a second at most. */
    static final long INTERVAL_MILLIS = 50;

    /** Making a view is linear in the fleet: at most a tenth of the time goes into it. */
    private static final int COST_FACTOR = 10;

    private final Vertx vertx;
    private final Fleet fleet;
    private final OrchestratorMetrics metrics;
    private final Listeners<FleetView> listeners = new Listeners<>();

    private volatile FleetView view;
    private long madeAtMillis;
    private long intervalMillis = INTERVAL_MILLIS;
    private boolean stale;
    private boolean timerSet;

    ViewPublisher(Vertx vertx, Fleet fleet, OrchestratorMetrics metrics) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.metrics = metrics;
        this.view = fleet.view();
        this.madeAtMillis = metrics.monotonicMillis() - INTERVAL_MILLIS;
    }

    FleetView newest() {
        return view;
    }

    Subscription add(Consumer<FleetView> listener) {
        return listeners.add(listener);
    }

    /** The state has changed: a new view is made now or soon. */
    void changed() {
        stale = true;
        long wait = madeAtMillis + intervalMillis - metrics.monotonicMillis();
        if (wait <= 0) {
            publish();
        } else if (!timerSet) {
            timerSet = true;
            vertx.setTimer(wait, fired -> timerFired());
        }
    }

    private void timerFired() {
        timerSet = false;
        publish();
    }

    /** Makes a view of everything folded so far, if there is none yet. */
    void publish() {
        if (!stale) {
            return;
        }
        stale = false;
        Timer.Sample sample = metrics.start();
        view = fleet.view();
        Duration cost = metrics.viewMade(sample);
        intervalMillis = Math.max(INTERVAL_MILLIS, COST_FACTOR * cost.toMillis());
        madeAtMillis = metrics.monotonicMillis();
        listeners.tell(view);
    }
}
