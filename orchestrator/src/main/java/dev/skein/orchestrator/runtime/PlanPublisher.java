package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes plans, each once. Confined to the owner's context. */
final class PlanPublisher {
    /** Plans may be large, and each is held until the log has confirmed it. */
    static final int UNDER_WAY_MAX = 8;

    private final String source;
    private final FleetLookup fleet;
    private final DecisionPorts ports;
    private final NegativeAnswers refusals;
    private final Map<PlanId, Future<Answer<PublishedPlan>>> underWay = new HashMap<>();

    PlanPublisher(
            String orchestrator, FleetLookup fleet, DecisionPorts ports, NegativeAnswers refusals) {
        this.source = "orchestrator:" + orchestrator;
        this.fleet = fleet;
        this.ports = ports;
        this.refusals = refusals;
    }

    /** A person's request to publish. */
    record PublishRequest(PlanId id, Plan plan, String name, String by) {
        /** With the plan's digest, which takes time where the plan is large. */
        static PublishRequest of(Plan plan, String name, String by) {
            return new PublishRequest(PlanCodec.idOf(plan), plan, name, by);
        }

        String attempted() {
            return "publishing of plan " + id.abbreviated();
        }
    }

    /** Answers with the plan as it is if it is published already; never fails. */
    Future<Answer<PublishedPlan>> publish(PublishRequest request, boolean leading) {
        Optional<PublishedPlan> existing = fleet.plan(request.id());
        if (existing.isPresent()) {
            return Future.succeededFuture(new Answer.Done<>(existing.get(), List.of()));
        }
        if (!leading) {
            return Future.succeededFuture(refusals.notLeading());
        }
        Future<Answer<PublishedPlan>> same = underWay.get(request.id());
        if (same != null) {
            return same;
        }
        if (underWay.size() >= UNDER_WAY_MAX) {
            return Future.succeededFuture(
                    refusals.tooMuch(request.attempted(), UNDER_WAY_MAX, "plans"));
        }
        return start(request);
    }

    private Future<Answer<PublishedPlan>> start(PublishRequest request) {
        Future<Answer<PublishedPlan>> answer =
                ports.append()
                        .apply(List.of(entry(request)))
                        .compose(this::awaitFold)
                        .map(positions -> accepted(request, positions))
                        .otherwise(cause -> refusals.appendFailed(request.attempted(), cause));
        underWay.put(request.id(), answer);
        return answer.onComplete(done -> underWay.remove(request.id()));
    }

    private Entry entry(PublishRequest request) {
        PlanPublished event =
                new PlanPublished(
                        request.id(),
                        request.name(),
                        request.plan(),
                        request.by(),
                        ports.clock().get());
        return new Entry(Topic.PLANS, Envelope.uncounted(source, event));
    }

    private Future<List<Position>> awaitFold(List<Position> positions) {
        return ports.folded().apply(positions).map(folded -> positions);
    }

    private Answer<PublishedPlan> accepted(PublishRequest request, List<Position> positions) {
        ports.publish().run();
        return new Answer.Done<>(fleet.plan(request.id()).orElseThrow(), positions);
    }
}
