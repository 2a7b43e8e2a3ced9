package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.Offer;
import dev.skein.orchestrator.rollout.RolloutStatus;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.orchestrator.rollout.WaveStatus;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.RunUnderWay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes rollouts of one view at one time; linear in the number of a rollout's databases. */
final class RolloutJson {
    private static final int FAILURES_MAX = 20;

    private final FleetLookup fleet;
    private final Instant now;

    RolloutJson(FleetView view, Instant now) {
        this.fleet = view.lookup();
        this.now = now;
    }

    /** For a list: without strategy, failures and counts of steps. */
    ObjectNode brief(RolloutState rollout) {
        return brief(rollout, StatusQueries.rollout(fleet, rollout, now));
    }

    ObjectNode brief(RolloutState rollout, RolloutStatus status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", status.id().value());
        json.put("purpose", rollout.opened().isFor().label());
        fleet.plan(status.plan()).ifPresent(plan -> json.set("plan", PlanJson.summary(plan)));
        json.put("phase", status.phase().label()).put("detail", status.detail());
        rollout.pause().ifPresent(pause -> json.set("pause", pause(pause, status)));
        json.put("digest", status.digest())
                .put("openedBy", status.openedBy())
                .put("openedAt", status.openedAt().toString());
        status.closedAt().ifPresent(at -> json.put("closedAt", at.toString()));
        json.put("databases", status.databases()).put("late", status.late().size());
        json.set("counts", CountsJson.toJson(status.counts()));
        ArrayNode waves = json.putArray("waves");
        for (WaveStatus wave : status.waves()) {
            waves.add(WaveJson.toJson(wave, rollout.spec(wave.index())));
        }
        return json;
    }

    private static ObjectNode pause(RolloutPaused pause, RolloutStatus status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("number", pause.number())
                .put("cause", pause.cause().label())
                .put("reason", pause.reason())
                .put("by", pause.by())
                .put("at", pause.at().toString())
                .put("state", status.quiesced() ? "quiesced" : "draining")
                .put("running", status.draining());
    }

    /** With everything but the list of its databases. */
    ObjectNode full(RolloutState rollout) {
        List<DatabaseStatus> targets = StatusQueries.databases(fleet, rollout, now);
        RolloutStatus status = StatusQueries.rollout(fleet, rollout, now);
        ObjectNode json = brief(rollout, status);
        putSteps((ArrayNode) json.path("waves"), targets, steps(rollout));
        putFailures(json, targets);
        putWhatIsLeft(json, status);
        putRuns(json, targets);
        ArrayNode verbs = json.putArray("verbs");
        StatusQueries.offers(fleet, rollout, now).forEach(each -> verbs.add(offer(each)));
        json.set("strategy", StrategyJson.toJson(rollout.strategy()));
        return json;
    }

    /** Steps of its plan, where it is there to run them. */
    int steps(RolloutState rollout) {
        if (rollout.opened().isFor() != RolloutPurpose.MIGRATE) {
            return 0;
        }
        return fleet.plan(rollout.opened().plan())
                .map(PublishedPlan::content)
                .map(plan -> plan.stepCount())
                .orElse(0);
    }

    private static void putSteps(ArrayNode waves, List<DatabaseStatus> targets, int steps) {
        int[] done = new int[waves.size()];
        int[] total = new int[waves.size()];
        for (DatabaseStatus target : targets) {
            done[target.wave()] += TargetJson.stepsDone(target);
            total[target.wave()] += TargetJson.stepsTotal(target, steps);
        }
        for (int wave = 0; wave < done.length; wave++) {
            ((ObjectNode) waves.get(wave))
                    .put("stepsDone", done[wave])
                    .put("stepsTotal", total[wave]);
        }
    }

    private static ObjectNode offer(Offer offer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("verb", offer.verb());
        if (!offer.databases().isEmpty()) {
            ArrayNode names = json.putArray("databases");
            offer.databases().forEach(each -> names.add(each.toString()));
        }
        if (offer.more() > 0) {
            json.put("more", offer.more());
        }
        if (offer.all()) {
            json.put("all", true);
        }
        offer.digest().ifPresent(digest -> json.put("digest", digest));
        offer.repair().ifPresent(repair -> json.put("repair", repair.label()));
        return json;
    }

    private static void putWhatIsLeft(ObjectNode json, RolloutStatus status) {
        json.put("leftOver", status.leftOver());
        json.put("needsPerson", status.needsPerson());
        ArrayNode heldUp = json.putArray("heldUp");
        status.heldUp().stream()
                .limit(FAILURES_MAX)
                .forEach(each -> heldUp.add(TargetJson.failed(each)));
        json.put("heldUpTotal", status.heldUp().size());
        ArrayNode before = json.putArray("failedBefore");
        status.failedBefore().stream()
                .limit(FAILURES_MAX)
                .forEach(each -> before.add(TargetJson.failedBefore(each)));
        json.put("failedBeforeTotal", status.failedBefore().size());
        ArrayNode halfDone = json.putArray("halfDone");
        status.halfDone().stream()
                .limit(FAILURES_MAX)
                .forEach(each -> halfDone.add(TargetJson.halfDone(each)));
        json.put("halfDoneTotal", status.halfDone().size());
    }

    private static void putRuns(ObjectNode json, List<DatabaseStatus> targets) {
        List<RunUnderWay> all =
                targets.stream().map(DatabaseStatus::run).flatMap(Optional::stream).toList();
        if (all.isEmpty()) {
            return;
        }
        ArrayNode runs = json.putArray("runs");
        all.stream().limit(FAILURES_MAX).forEach(each -> runs.add(TargetJson.run(each)));
        json.put("runsTotal", all.size());
    }

    private static void putFailures(ObjectNode json, List<DatabaseStatus> targets) {
        List<DatabaseStatus> failed =
                targets.stream().filter(each -> each.state().isFailure()).toList();
        ArrayNode failures = json.putArray("failures");
        failed.stream().limit(FAILURES_MAX).forEach(each -> failures.add(TargetJson.failed(each)));
        json.put("failuresTotal", failed.size());
    }
}
