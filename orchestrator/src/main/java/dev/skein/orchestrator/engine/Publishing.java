package dev.skein.orchestrator.engine;

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
final class Publishing {
    /** Plans may be large, and each is held until the log has confirmed it. */
    static final int UNDER_WAY_MAX = 8;

    private final String source;
    private final FleetLookup fleet;
    private final DecisionPorts ports;
    private final Refusals refusals;
    private final Map<PlanId, Future<Answer<PublishedPlan>>> underWay = new HashMap<>();

    Publishing(String orchestrator, FleetLookup fleet, DecisionPorts ports, Refusals refusals) {
        this.source = "orchestrator:" + orchestrator;
        this.fleet = fleet;
        this.ports = ports;
        this.refusals = refusals;
    }

    /** A person's request to publish. */
    record Request(PlanId id, Plan plan, String name, String by) {
        /** With the plan's digest, which takes time where the plan is large. */
        static Request of(Plan plan, String name, String by) {
            return new Request(PlanCodec.idOf(plan), plan, name, by);
        }

        String attempted() {
            return "publishing of plan " + id.abbreviated();
        }
    }

    /** Answers with the plan as it is if it is published already; never fails. */
    Future<Answer<PublishedPlan>> publish(Request request, boolean leading) {
        Optional<PublishedPlan> existing = fleet.plan(request.id());
        if (existing.isPresent()) {
            return Future.succeededFuture(new Answer.Accepted<>(existing.get(), List.of()));
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

    private Future<Answer<PublishedPlan>> start(Request request) {
        Future<Answer<PublishedPlan>> answer =
                ports.append()
                        .apply(List.of(entry(request)))
                        .compose(this::awaitFold)
                        .map(positions -> accepted(request, positions))
                        .otherwise(cause -> refusals.appendFailed(request.attempted(), cause));
        underWay.put(request.id(), answer);
        return answer.onComplete(done -> underWay.remove(request.id()));
    }

    private Entry entry(Request request) {
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

    private Answer<PublishedPlan> accepted(Request request, List<Position> positions) {
        ports.publish().run();
        return new Answer.Accepted<>(fleet.plan(request.id()).orElseThrow(), positions);
    }
}
