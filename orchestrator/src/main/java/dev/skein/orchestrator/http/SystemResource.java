package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.runtime.FleetService;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What programs ask of any server: whether it lives, what it counts, and what it can do. */
final class SystemResource {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpPorts ports;
    private final ReadExecutor reads;
    private final Buffer openApi;

    SystemResource(HttpPorts ports, ReadExecutor reads, Buffer openApi) {
        this.ports = ports;
        this.reads = reads;
        this.openApi = openApi;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.openGet("/", this::root),
                Endpoint.openGet("/openapi.yaml", this::openApi),
                Endpoint.openGet("/health/live", this::live),
                Endpoint.openGet("/health/ready", this::ready),
                Endpoint.get("/metrics", this::metrics));
    }

    private void root(RoutingContext context) {
        json(
                context,
                node().put("name", "Skein").put("api", Api.BASE).put("openapi", "/openapi.yaml"));
    }

    private void openApi(RoutingContext context) {
        Responses.text(context, "application/yaml", openApi);
    }

    private void live(RoutingContext context) {
        json(context, node().put("status", "live"));
    }

    private void ready(RoutingContext context) {
        FleetService fleet = ports.fleet();
        if (!fleet.ready()) {
            throw Lookups.notReady().refused();
        }
        if (!fleet.takesCommands()) {
            throw Lookups.noLeader().refused();
        }
        json(context, node().put("status", "ready").put("leading", fleet.leading()));
    }

    private void metrics(RoutingContext context) {
        reads.text(context, METRICS_TYPE, () -> ports.registry().scrape(METRICS_TYPE));
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void json(RoutingContext context, ObjectNode body) {
        Responses.json(context, Responses.OK, Responses.render(body));
    }
}
