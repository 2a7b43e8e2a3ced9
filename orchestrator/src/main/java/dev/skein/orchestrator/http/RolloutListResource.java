package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.RolloutPhase;
import dev.skein.orchestrator.rollout.RolloutStatus;
import dev.skein.orchestrator.rollout.StatusQueries;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The list of rollouts, newest first. */
final class RolloutListResource {
    private static final String LIST = "rollouts";
    private static final String PHASE = "phase";
    private static final String PLAN = "plan";
    private static final String DATABASE = "database";
    private static final String KEY_SEPARATOR = "|";
    private static final Comparator<RolloutState> NEWEST_FIRST =
            Comparator.comparing(RolloutListResource::openedAt)
                    .thenComparing(RolloutState::id)
                    .reversed();

    private final Api api;

    RolloutListResource(Api api) {
        this.api = api;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get(RolloutResource.PATH, this::list));
    }

    private void list(RoutingContext context) {
        QueryParameters query =
                QueryParameters.of(
                        context, PHASE, PLAN, DATABASE, PageRequest.LIMIT, PageRequest.CURSOR);
        PageRequest page = PageRequest.of(query);
        Optional<RolloutPhase> phase =
                query.one(PHASE, QueryParameters.oneOf(RolloutPhase.values(), RolloutPhase::label));
        RolloutFilter filter =
                new RolloutFilter(phase, query.one(PLAN), query.one(DATABASE, DatabaseId::parse));
        api.reads().answer(context, () -> list(page, filter));
    }

    /**
     * Which are listed.
     *
     * @param plan how its id begins, or its name
     */
    private record RolloutFilter(
            Optional<RolloutPhase> phase, Optional<String> plan, Optional<DatabaseId> database) {
        boolean matches(RolloutState rollout, FleetView view) {
            boolean hasDatabase =
                    database.map(each -> rollout.targets().containsKey(each)).orElse(true);
            return hasDatabase && plan.map(text -> isOf(text, rollout, view)).orElse(true);
        }

        private static boolean isOf(String text, RolloutState rollout, FleetView view) {
            PlanId id = rollout.opened().plan();
            PublishedPlan plan = view.plans().get(id);
            return !text.isEmpty() && id.value().startsWith(text)
                    || plan != null && plan.name().equals(text);
        }
    }

    private ObjectNode list(PageRequest page, RolloutFilter filter) {
        FleetView view = api.fleet().view();
        Instant now = api.fleet().now();
        List<RolloutState> rollouts = new ArrayList<>(view.rollouts().values());
        rollouts.removeIf(each -> !filter.matches(each, view));
        filter.phase()
                .ifPresent(wanted -> rollouts.removeIf(each -> !isIn(wanted, view, each, now)));
        rollouts.sort(NEWEST_FIRST);
        RolloutJson json = new RolloutJson(view, now);
        return new Listing<>(LIST, rollouts, RolloutListResource::key, RolloutListResource::isAfter)
                .page(page, json::brief);
    }

    private static boolean isIn(
            RolloutPhase wanted, FleetView view, RolloutState rollout, Instant now) {
        // Whether it has ended is known without a look at its databases.
        if (wanted.isClosed() == rollout.isOpen()) {
            return false;
        }
        RolloutStatus status = StatusQueries.rollout(view.lookup(), rollout, now);
        return status.phase() == wanted;
    }

    private static Instant openedAt(RolloutState rollout) {
        return rollout.opened().at();
    }

    private static String key(RolloutState rollout) {
        return openedAt(rollout) + KEY_SEPARATOR + rollout.id();
    }

    private static boolean isAfter(RolloutState rollout, String key) {
        int separator = key.indexOf(KEY_SEPARATOR);
        Instant openedAt = Instant.parse(key.substring(0, Math.max(0, separator)));
        int order = openedAt(rollout).compareTo(openedAt);
        String id = key.substring(separator + 1);
        return order < 0 || order == 0 && rollout.id().value().compareTo(id) < 0;
    }
}
