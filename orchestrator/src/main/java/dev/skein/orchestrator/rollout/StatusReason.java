package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.LastHeartbeat;
import dev.skein.orchestrator.fleet.OrderFailure;
import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.SetAside;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.id.AgentId;
import java.util.Optional;

/** Why each database of a rollout is in its state, or what it waits for, in a sentence. */
final class StatusReason {
    private final FleetLookup fleet;
    private final RolloutState rollout;
    private final AgentAvailability availability;
    private final RolloutPhase phase;
    private final int rollingBack;
    private final TargetStatuses all;

    StatusReason(
            FleetLookup fleet, RolloutState rollout, TargetStatuses targets, RolloutPhase phase) {
        this.fleet = fleet;
        this.rollout = rollout;
        this.phase = phase;
        availability = targets.availability();
        rollingBack = targets.lastWaveRollingBack();
        all = targets;
    }

    String of(TargetStatus status) {
        boolean unsaid = status.isInDoubt() && !status.outstanding();
        return reason(status) + ledger(status) + (unsaid ? inDoubt(status) : "");
    }

    /** What the agent found of its ledger, as long as it is the last word of the database. */
    private static String ledger(TargetStatus status) {
        return status.report()
                .filter(each -> status.state().isDone())
                .flatMap(OrderReport::ledger)
                .map(found -> "; " + found.message())
                .orElse("");
    }

    /** Nobody finds it out as long as no order is on its way. */
    private static String inDoubt(TargetStatus status) {
        return "; order "
                + status.database().orders().handedOver()
                + ", at another agent, may still be at work until a newer one reaches the database";
    }

    private String reason(TargetStatus status) {
        return switch (status.state()) {
            case PENDING -> pending(status);
            case ORDERED -> ordered(status);
            case RUNNING -> running(status);
            case PAUSED -> paused() + steps(status);
            case UNREACHABLE -> unreachable(status);
            case SKIPPED -> skipped(status);
            case APPLIED -> applied() + steps(status);
            case SURVEYED -> "read and left alone: " + findings(status);
            case ADOPTED -> "part of the fleet: " + findings(status);
            case ROLLED_BACK -> rolledBack(status) + before(status);
            case NOTHING_TO_UNDO ->
                    remainder(status).orElse("nothing of it was there to undo") + before(status);
            case FAILED, ROLLBACK_FAILED, IRREVERSIBLE -> failed(status) + before(status);
            case NEEDS_ATTENTION -> needsAttention(status);
        };
    }

    private String applied() {
        return rollout.opened()
                .terms()
                .flatMap(RollbackTerms::to)
                .map(version -> "at version " + version + ", as was asked")
                .orElse("every step of the plan is in it");
    }

    private static String rolledBack(TargetStatus status) {
        return "taken back"
                + Texts.because(status.target().reason())
                + remainder(status).map(each -> "; " + each).orElse("");
    }

    private static Optional<String> remainder(TargetStatus status) {
        return status.report().flatMap(OrderReport::remainder).map(RollbackRemainder::reason);
    }

    private static String needsAttention(TargetStatus status) {
        return status.database().setAside().map(SetAside::text).orElse("")
                + "; a retry makes its ledger tell again what happened";
    }

    private String pending(TargetStatus status) {
        boolean stopped = status.report().map(OrderReport::stopped).orElse(false);
        return switch (phase) {
            case COMPLETED, ROLLED_BACK, ABORTED, ABORTING ->
                    stopped ? "stopped by the abort" + steps(status) : "the rollout has been ended";
            case PAUSED -> paused();
            case RUNNING, SOAKING, AWAITING_APPROVAL, ROLLING_BACK -> waits(status);
        };
    }

    private String paused() {
        RolloutPaused pause = rollout.pause().orElseThrow();
        return "the rollout is paused by " + pause.by() + Texts.because(pause.reason());
    }

    private String waits(TargetStatus status) {
        int wave = status.wave();
        String name = rollout.spec(wave).name();
        if (status.wants(DesiredState.ROLLBACK) && wave < rollingBack) {
            return "waits until wave " + rollout.spec(rollingBack).name() + " is taken back";
        }
        if (status.wants(DesiredState.APPLY) && phase == RolloutPhase.ROLLING_BACK) {
            return "waits until databases are taken back";
        }
        if (status.wants(DesiredState.APPLY) && !rollout.waves().get(wave).isStarted()) {
            return "wave " + name + " has not started";
        }
        Optional<String> obstacle = availability.obstacle(status.id());
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        int max = rollout.spec(wave).limits().maxInFlight();
        int outstanding = all.wave(wave).outstanding();
        return outstanding >= max
                ? outstanding + " of " + max + " of wave " + name + " in flight"
                : "is about to be ordered";
    }

    private String ordered(TargetStatus status) {
        AgentId agent = status.order().map(IssuedOrder::agent).orElseThrow();
        if (phase == RolloutPhase.PAUSED) {
            return paused();
        }
        boolean full =
                fleet.agent(agent).flatMap(each -> each.heartbeat()).stream()
                        .mapToInt(LastHeartbeat::databasesWaiting)
                        .anyMatch(waiting -> waiting > 0);
        return full
                ? "waits for a place on server " + status.id().server()
                : "waits for agent " + agent + " to take it";
    }

    private String running(TargetStatus status) {
        Optional<OrderFailure> failure = status.report().flatMap(OrderReport::failure);
        if (phase == RolloutPhase.PAUSED) {
            int number = rollout.pause().orElseThrow().number();
            return (status.drains(number) ? "finishes its step, then pauses" : paused())
                    + steps(status)
                    + program(status);
        }
        return failure.map(FailureText::text).orElseGet(() -> "steps run" + steps(status))
                + program(status);
    }

    private String program(TargetStatus status) {
        return status.runUnderWay(fleet).map(run -> "; " + run.words()).orElse("");
    }

    private String unreachable(TargetStatus status) {
        IssuedOrder order = status.order().orElseThrow();
        if (!availability.isReachable(order.agent())) {
            String next = status.due() ? "; it will be ordered of its new agent" : "";
            return availability.silence(order.agent()) + next;
        }
        if (!availability.isAnnouncedBy(order.agent(), status.id())) {
            return "agent "
                    + order.agent()
                    + " has order "
                    + order.epoch()
                    + " and "
                    + availability.absence(order.agent(), status.id())
                    + "; it goes on when the agent has it again";
        }
        return status.report().flatMap(OrderReport::failure).map(FailureText::text).orElse("");
    }

    private static String skipped(TargetStatus status) {
        return status.wants(DesiredState.SKIP)
                ? status.target().reason()
                : "rolled back before it started";
    }

    private static String failed(TargetStatus status) {
        return status.report()
                .flatMap(OrderReport::failure)
                .map(FailureText::text)
                .orElse("a later rollout has taken it over");
    }

    /** Why it had failed before it was to be rolled back. */
    private static String before(TargetStatus status) {
        Optional<String> code =
                status.report().flatMap(OrderReport::failure).map(each -> each.failure().code());
        return status.cause()
                .map(
                        cause ->
                                code.filter(cause.failure().code()::equals).isPresent()
                                        ? "; it had failed with " + code.get() + " before, too"
                                        : "; it had failed: " + FailureText.text(cause))
                .orElse("");
    }

    private static String findings(TargetStatus status) {
        return status.report().flatMap(OrderReport::findings).map(FindingsText::of).orElse("");
    }

    private String steps(TargetStatus status) {
        return StepsOfThePlan.of(rollout, status)
                .map(Progress::toString)
                .map(progress -> ", " + progress + " steps")
                .orElse("");
    }
}
