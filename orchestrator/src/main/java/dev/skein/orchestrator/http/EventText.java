package dev.skein.orchestrator.http;

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
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.settings.Durations;
import java.util.Optional;

/** Puts an event into one line for a person. Waves are counted from 1, as people do. */
final class EventText implements FleetEvent.Visitor<String> {
    private static final EventText WORDS = new EventText();

    private EventText() {}

    static String of(FleetEvent event) {
        return event.accept(WORDS);
    }

    private static int wave(int index) {
        return index + 1;
    }

    private static String step(StepRef step) {
        return "step %d (%s) of %s"
                .formatted(step.index() + 1, step.direction().label(), step.migration());
    }

    private static String mended(Optional<Repair> repair) {
        return repair.map(each -> " after a repair (" + each.label() + ")").orElse("");
    }

    private static String reason(StepFailure failure) {
        return failure.code() + ": " + failure.message();
    }

    @Override
    public String on(PlanPublished event) {
        return "plan %s (%s) was published by %s"
                .formatted(event.name(), event.plan().abbreviated(), event.by());
    }

    @Override
    public String on(RolloutOpened event) {
        int databases = event.waves().stream().mapToInt(each -> each.databases().size()).sum();
        return "opened by %s%s: plan %s to %d databases in %d waves"
                .formatted(
                        event.by(),
                        event.purpose().map(each -> " to " + each.label()).orElse(""),
                        event.plan().abbreviated(),
                        databases,
                        event.waves().size());
    }

    @Override
    public String on(WaveStarted event) {
        return "wave %d started".formatted(wave(event.wave()));
    }

    @Override
    public String on(WaveSettled event) {
        return "wave %d settled: %d applied, %d failed, %d skipped"
                .formatted(wave(event.wave()), event.applied(), event.failed(), event.skipped());
    }

    @Override
    public String on(WaveOverdue event) {
        return "wave %d passed its deadline with %d databases not done"
                .formatted(wave(event.wave()), event.unfinished());
    }

    @Override
    public String on(WavePromoted event) {
        return "the soak of wave %d was skipped by %s".formatted(wave(event.wave()), event.by());
    }

    @Override
    public String on(WaveApproved event) {
        return "wave %d was approved by %s".formatted(wave(event.wave()), event.by());
    }

    @Override
    public String on(WavePassed event) {
        return "wave %d passed".formatted(wave(event.wave()));
    }

    @Override
    public String on(RolloutPaused event) {
        return "paused (%s) by %s: %s".formatted(event.cause().label(), event.by(), event.reason());
    }

    @Override
    public String on(RolloutResumed event) {
        return "resumed by " + event.by();
    }

    @Override
    public String on(DatabasesRetried event) {
        return "%d databases are retried%s, asked for by %s"
                .formatted(event.databases().size(), mended(event.repair()), event.by());
    }

    @Override
    public String on(DatabasesSkipped event) {
        return "%d databases are skipped, asked for by %s: %s"
                .formatted(event.databases().size(), event.by(), event.reason());
    }

    @Override
    public String on(DatabasesJoined event) {
        return "%d late databases joined wave %d"
                .formatted(event.databases().size(), wave(event.wave()));
    }

    @Override
    public String on(RollbackRequested event) {
        return "%d databases are rolled back (%s)%s, asked for by %s: %s"
                .formatted(
                        event.databases().size(),
                        event.scope().label(),
                        mended(event.repair()),
                        event.by(),
                        event.reason());
    }

    @Override
    public String on(RolloutAborted event) {
        return "aborted by %s: %s".formatted(event.by(), event.reason());
    }

    @Override
    public String on(RolloutClosed event) {
        return "%s: %d applied, %d failed, %d rolled back"
                .formatted(
                        event.outcome().label(),
                        event.applied(),
                        event.failed(),
                        event.rolledBack());
    }

    @Override
    public String on(LeadershipTaken event) {
        return "orchestrator %s leads, at %s".formatted(event.orchestrator(), event.url());
    }

    @Override
    public String on(OrderIssued event) {
        return "ordered to %s%s by agent %s, epoch %d"
                .formatted(
                        event.kind().label(), mended(event.repair()), event.agent(), event.epoch());
    }

    @Override
    public String on(OrderAccepted event) {
        return "order to %s accepted by agent %s at version %s, %s steps done"
                .formatted(
                        event.kind().label(),
                        event.agent(),
                        event.version().orElse("none"),
                        event.progress());
    }

    @Override
    public String on(StepStarted event) {
        return step(event.step()) + " started outside a transaction";
    }

    @Override
    public String on(StepSucceeded event) {
        return "%s %s in %s, attempt %d, %s steps done"
                .formatted(
                        step(event.step()),
                        event.outcome().label(),
                        Durations.format(event.elapsed()),
                        event.attempts(),
                        event.progress());
    }

    @Override
    public String on(StepRetried event) {
        return "failed for now: " + reason(event.failure());
    }

    @Override
    public String on(OrderPaused event) {
        return "pause %d confirmed, %s steps done".formatted(event.pause(), event.progress());
    }

    @Override
    public String on(OrderStopped event) {
        return "abort confirmed, %s steps done".formatted(event.progress());
    }

    @Override
    public String on(DatabaseApplied event) {
        return "applied, now at version " + event.version();
    }

    @Override
    public String on(DatabaseRolledBack event) {
        return "rolled back, now at version " + event.version().orElse("none");
    }

    @Override
    public String on(DatabaseFailed event) {
        return "failed to %s: %s".formatted(event.kind().label(), reason(event.failure()));
    }

    @Override
    public String on(DatabaseIrreversible event) {
        return "cannot be rolled back past %s: %s".formatted(event.migration(), event.reason());
    }

    @Override
    public String on(DatabaseUnavailable event) {
        return "not available, attempt %d, next in %s: %s"
                .formatted(
                        event.attempt(),
                        Durations.format(event.retryIn()),
                        reason(event.failure()));
    }

    @Override
    public String on(DatabaseSurveyed event) {
        return "surveyed" + found(event.findings());
    }

    @Override
    public String on(DatabaseAdopted event) {
        return "adopted" + found(event.findings());
    }

    private static String found(SurveyFindings findings) {
        return ", at version %s with %d migrations applied and %d missing%s"
                .formatted(
                        findings.version().orElse("none"),
                        findings.applied(),
                        findings.missingCount(),
                        findings.agrees() ? "" : "; it differs from the plan");
    }

    @Override
    public String on(AgentStarted event) {
        return "agent %s started for %d servers".formatted(event.agent(), event.servers().size());
    }

    @Override
    public String on(ServerAnnounced event) {
        String problem = event.problem().map(each -> "; not renewed: " + each).orElse("");
        return "agent %s announces %d databases of server %s%s"
                .formatted(event.agent(), event.databases().size(), event.server(), problem);
    }

    @Override
    public String on(AgentHeartbeat event) {
        return "agent %s is alive: %d databases in flight, %d waiting"
                .formatted(event.agent(), event.databasesInFlight(), event.databasesWaiting());
    }

    @Override
    public String on(AgentStopped event) {
        return "agent %s stopped".formatted(event.agent());
    }
}
