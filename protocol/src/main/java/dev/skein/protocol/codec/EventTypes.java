package dev.skein.protocol.codec;

import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.WaveApprovalRevoked;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The wire name of each event. A name, once written to a log, is never changed or used again.
 *
 * <p>Safe on any thread.
 */
public final class EventTypes {
    private static final Map<String, Class<? extends FleetEvent>> CLASSES = new LinkedHashMap<>();
    private static final Map<Class<? extends FleetEvent>, String> NAMES = new LinkedHashMap<>();

    static {
        declare("plan-published", PlanPublished.class);

        declare("rollout-opened", RolloutOpened.class);
        declare("wave-started", WaveStarted.class);
        declare("wave-settled", WaveSettled.class);
        declare("wave-overdue", WaveOverdue.class);
        declare("wave-promoted", WavePromoted.class);
        declare("wave-approved", WaveApproved.class);
        declare("wave-approval-revoked", WaveApprovalRevoked.class);
        declare("wave-passed", WavePassed.class);
        declare("rollout-paused", RolloutPaused.class);
        declare("rollout-resumed", RolloutResumed.class);
        declare("databases-retried", DatabasesRetried.class);
        declare("databases-skipped", DatabasesSkipped.class);
        declare("databases-joined", DatabasesJoined.class);
        declare("rollback-requested", RollbackRequested.class);
        declare("rollout-aborted", RolloutAborted.class);
        declare("rollout-closed", RolloutClosed.class);
        declare("leadership-taken", LeadershipTaken.class);
        declare("log-created", LogCreated.class);

        declare("order-issued", OrderIssued.class);

        declare("order-accepted", OrderAccepted.class);
        declare("step-started", StepStarted.class);
        declare("step-succeeded", StepSucceeded.class);
        declare("step-retried", StepRetried.class);
        declare("order-paused", OrderPaused.class);
        declare("order-stopped", OrderStopped.class);
        declare("database-applied", DatabaseApplied.class);
        declare("database-rolled-back", DatabaseRolledBack.class);
        declare("database-failed", DatabaseFailed.class);
        declare("database-irreversible", DatabaseIrreversible.class);
        declare("database-unavailable", DatabaseUnavailable.class);
        declare("database-surveyed", DatabaseSurveyed.class);
        declare("database-adopted", DatabaseAdopted.class);

        declare("agent-started", AgentStarted.class);
        declare("server-announced", ServerAnnounced.class);
        declare("agent-heartbeat", AgentHeartbeat.class);
        declare("agent-stopped", AgentStopped.class);

        declare("record-skipped", RecordSkipped.class);
    }

    private EventTypes() {}

    private static void declare(String name, Class<? extends FleetEvent> type) {
        CLASSES.put(name, type);
        NAMES.put(type, name);
    }

    /** The wire name of the event's type, such as {@code step-succeeded}. */
    public static String nameOf(FleetEvent event) {
        return NAMES.get(event.getClass());
    }

    /** The type of that wire name, or empty if this version knows none. */
    static Optional<Class<? extends FleetEvent>> classOf(String name) {
        return Optional.ofNullable(CLASSES.get(name));
    }

    /** All names with their types, in the order of their declaration. */
    static Map<String, Class<? extends FleetEvent>> all() {
        return Collections.unmodifiableMap(CLASSES);
    }
}
