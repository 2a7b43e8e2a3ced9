package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.Heartbeat;
import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.orchestrator.fleet.Report;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.fleet.Trouble;
import dev.skein.orchestrator.fleet.Wish;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.id.AgentId;
import java.util.Optional;

/** Why each database of a rollout is in its state, or what it waits for, in a sentence. */
final class Reasons {
    private final FleetLookup fleet;
    private final RolloutState rollout;
    private final Reach reach;
    private final RolloutPhase phase;
    private final int rollingBack;
    private final RolloutFacts all;

    Reasons(FleetLookup fleet, RolloutState rollout, RolloutFacts facts, RolloutPhase phase) {
        this.fleet = fleet;
        this.rollout = rollout;
        this.phase = phase;
        reach = facts.reach();
        rollingBack = facts.lastWaveRollingBack();
        all = facts;
    }

    String of(TargetFacts facts) {
        return switch (facts.state()) {
            case PENDING -> pending(facts);
            case ORDERED -> ordered(facts);
            case RUNNING -> running(facts);
            case UNREACHABLE -> unreachable(facts);
            case SKIPPED -> skipped(facts);
            case APPLIED -> "every step of the plan is in it" + steps(facts);
            case SURVEYED -> "read and left alone: " + findings(facts);
            case ADOPTED -> "part of the fleet: " + findings(facts);
            case ROLLED_BACK -> "taken back" + Texts.because(facts.target().reason());
            case FAILED, ROLLBACK_FAILED, IRREVERSIBLE -> failed(facts);
        };
    }

    private String pending(TargetFacts facts) {
        boolean stopped = facts.report().map(Report::stopped).orElse(false);
        return switch (phase) {
            case COMPLETED, ROLLED_BACK, ABORTED, ABORTING ->
                    stopped ? "stopped by the abort" + steps(facts) : "the rollout has been ended";
            case PAUSED -> paused();
            case RUNNING, SOAKING, AWAITING_APPROVAL, ROLLING_BACK -> waits(facts);
        };
    }

    private String paused() {
        RolloutPaused pause = rollout.pause().orElseThrow();
        return "the rollout is paused by " + pause.by() + Texts.because(pause.reason());
    }

    private String waits(TargetFacts facts) {
        int wave = facts.wave();
        String name = rollout.spec(wave).name();
        if (facts.wants(Wish.ROLLBACK) && wave < rollingBack) {
            return "waits until wave " + rollout.spec(rollingBack).name() + " is taken back";
        }
        if (facts.wants(Wish.APPLY) && phase == RolloutPhase.ROLLING_BACK) {
            return "waits until databases are taken back";
        }
        if (facts.wants(Wish.APPLY) && !rollout.waves().get(wave).isStarted()) {
            return "wave " + name + " has not started";
        }
        Optional<String> obstacle = reach.obstacle(facts.id());
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        int max = rollout.spec(wave).limits().maxInFlight();
        int outstanding = all.wave(wave).outstanding();
        return outstanding >= max
                ? outstanding + " of " + max + " of wave " + name + " in flight"
                : "is about to be ordered";
    }

    private String ordered(TargetFacts facts) {
        AgentId agent = facts.order().map(IssuedOrder::agent).orElseThrow();
        if (phase == RolloutPhase.PAUSED) {
            return paused();
        }
        boolean full =
                fleet.agent(agent).flatMap(each -> each.heartbeat()).stream()
                        .mapToInt(Heartbeat::databasesWaiting)
                        .anyMatch(waiting -> waiting > 0);
        return full
                ? "waits for a place on server " + facts.id().server()
                : "waits for agent " + agent + " to take it";
    }

    private String running(TargetFacts facts) {
        Optional<Trouble> trouble = facts.report().flatMap(Report::trouble);
        if (phase == RolloutPhase.PAUSED) {
            int number = rollout.pause().orElseThrow().number();
            return (facts.drains(number) ? "finishes its step, then pauses" : paused())
                    + steps(facts);
        }
        return trouble.map(Troubles::text).orElseGet(() -> "steps run" + steps(facts));
    }

    private String unreachable(TargetFacts facts) {
        IssuedOrder order = facts.order().orElseThrow();
        if (!reach.isReachable(order.agent())) {
            String next = facts.due() ? "; it will be ordered of its new agent" : "";
            return reach.silence(order.agent()) + next;
        }
        return facts.report().flatMap(Report::trouble).map(Troubles::text).orElse("");
    }

    private static String skipped(TargetFacts facts) {
        return facts.wants(Wish.SKIP) ? facts.target().reason() : "rolled back before it started";
    }

    private static String failed(TargetFacts facts) {
        return facts.report()
                .flatMap(Report::trouble)
                .map(Troubles::text)
                .orElse("a later rollout has taken it over");
    }

    private static String findings(TargetFacts facts) {
        return facts.report().flatMap(Report::findings).map(FindingsText::of).orElse("");
    }

    private static String steps(TargetFacts facts) {
        return facts.report()
                .flatMap(Report::progress)
                .map(Progress::toString)
                .map(progress -> ", " + progress + " steps")
                .orElse("");
    }
}
