package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.DatabaseStatus;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.orchestrator.rollout.TargetState;
import dev.skein.protocol.strategy.WaveSpec;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The databases of one rollout, wave by wave. */
final class TargetListResource {
    private static final String STATE = "state";
    private static final String WAVE = "wave";

    private final Api api;

    TargetListResource(Api api) {
        this.api = api;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get(RolloutResource.PATH + "/:rollout/databases", this::list));
    }

    private record Filter(List<TargetState> states, Optional<String> wave) {}

    /** Where a database stands in its rollout: more may join behind it, but it never moves. */
    private record IndexedTarget(int index, DatabaseStatus status) {}

    private void list(RoutingContext context) {
        QueryParameters query =
                QueryParameters.of(context, STATE, WAVE, PageRequest.LIMIT, PageRequest.CURSOR);
        PageRequest page = PageRequest.of(query);
        List<TargetState> states =
                query.all(STATE, QueryParameters.oneOf(TargetState.values(), TargetState::label));
        Filter filter = new Filter(states, query.one(WAVE));
        String rollout = context.pathParam("rollout");
        api.reads().answer(context, () -> list(rollout, page, filter));
    }

    private ObjectNode list(String name, PageRequest page, Filter filter) {
        FleetView view = api.fleet().view();
        Instant now = api.fleet().now();
        RolloutState rollout = api.lookups().rollout(view, name);
        int steps = new RolloutJson(view, now).steps(rollout);
        return new Listing<>(
                        "targets of " + rollout.id(),
                        matching(
                                StatusQueries.databases(view.lookup(), rollout, now),
                                rollout,
                                filter),
                        each -> Integer.toString(each.index()),
                        (each, key) -> each.index() > Integer.parseInt(key))
                .page(page, each -> TargetJson.toJson(each.status(), steps));
    }

    private static List<IndexedTarget> matching(
            List<DatabaseStatus> queries, RolloutState rollout, Filter filter) {
        Optional<Integer> wave = filter.wave().map(each -> wave(rollout, each));
        List<IndexedTarget> places = new ArrayList<>();
        for (int index = 0; index < queries.size(); index++) {
            DatabaseStatus each = queries.get(index);
            boolean inWave = wave.isEmpty() || wave.get() == each.wave();
            if (inWave && (filter.states().isEmpty() || filter.states().contains(each.state()))) {
                places.add(new IndexedTarget(index, each));
            }
        }
        return places;
    }

    /** By name, or by position where no wave has that name. */
    private static int wave(RolloutState rollout, String wanted) {
        List<String> names = rollout.strategy().waves().stream().map(WaveSpec::name).toList();
        if (names.contains(wanted)) {
            return names.indexOf(wanted);
        }
        for (int index = 0; index < names.size(); index++) {
            if (wanted.equals(Integer.toString(index))) {
                return index;
            }
        }
        throw HttpProblem.parameter(
                        WAVE,
                        "cannot be used: " + QueryParameters.noneOf(wanted, names).getMessage())
                .refused();
    }
}
