package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Agents: what they have, and whether they are heard of. */
final class AgentResource {
    private static final String LIST = "agents";

    private final Api api;

    AgentResource(Api api) {
        this.api = api;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get(Api.BASE + "/agents", this::list));
    }

    private void list(RoutingContext context) {
        PageRequest page =
                PageRequest.of(QueryParameters.of(context, PageRequest.LIMIT, PageRequest.CURSOR));
        api.reads().answer(context, () -> list(page));
    }

    private ObjectNode list(PageRequest page) {
        FleetView view = api.fleet().view();
        Instant now = api.fleet().now();
        SortedMap<AgentId, List<DatabaseId>> contested = contested(view);
        ObjectNode list =
                new Listing<>(
                                LIST,
                                new ArrayList<>(view.agents().values()),
                                each -> each.id().value(),
                                (AgentState each, String key) ->
                                        each.id().value().compareTo(key) > 0)
                        .page(
                                page,
                                each ->
                                        AgentJson.toJson(
                                                each,
                                                contested.getOrDefault(each.id(), List.of()),
                                                now));
        api.fleet().clockDifference().ifPresent(each -> list.put("clockAhead", each.toString()));
        return list;
    }

    /** What agents announce that belongs to another one. */
    private static SortedMap<AgentId, List<DatabaseId>> contested(FleetView view) {
        SortedMap<AgentId, List<DatabaseId>> contested = new TreeMap<>();
        view.inventory()
                .databases()
                .forEach(
                        (database, announcement) ->
                                announcement
                                        .contestants()
                                        .forEach(
                                                agent ->
                                                        contested
                                                                .computeIfAbsent(
                                                                        agent,
                                                                        id -> new ArrayList<>())
                                                                .add(database)));
        return contested;
    }
}
