package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.runtime.DatabaseHistory;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The fleet, its databases, and what happened to one of them. */
final class DatabaseResource {
    private static final String PATH = Api.BASE + "/databases";
    private static final String LIST = "databases";
    private static final String WHOLE = PATH + "/:server/:database";
    private static final String SCHEMA = WHOLE + "/:schema";
    private static final String HISTORY = "/history";

    private final Api api;

    DatabaseResource(Api api) {
        this.api = api;
    }

    /** History comes before schemas: a whole database has one, and no schema of that name. */
    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(Api.BASE + "/fleet", this::fleet),
                Endpoint.get(PATH, this::list),
                Endpoint.get(WHOLE, this::one),
                Endpoint.get(WHOLE + HISTORY, this::history),
                Endpoint.get(SCHEMA, this::one),
                Endpoint.get(SCHEMA + HISTORY, this::history));
    }

    private void fleet(RoutingContext context) {
        QueryParameters.of(context);
        api.reads().answer(context, this::fleet);
    }

    private ObjectNode fleet() {
        ObjectNode summary = api.indexes().newest().summary().deepCopy();
        api.fleet().clockDifference().ifPresent(each -> summary.put("clockAhead", each.toString()));
        return summary;
    }

    private void list(RoutingContext context) {
        QueryParameters query =
                QueryParameters.of(
                        context,
                        DatabaseFilter.LABEL,
                        DatabaseFilter.VERSION,
                        DatabaseFilter.STATE,
                        DatabaseFilter.AGENT,
                        PageRequest.LIMIT,
                        PageRequest.CURSOR);
        PageRequest page = PageRequest.of(query);
        DatabaseFilter filter = DatabaseFilter.of(query);
        api.reads().answer(context, () -> list(page, filter));
    }

    private ObjectNode list(PageRequest page, DatabaseFilter filter) {
        List<DatabaseRow> rows = api.indexes().newest().rows();
        return new Listing<>(
                        LIST,
                        rows.stream().filter(filter).toList(),
                        each -> each.id().toString(),
                        (each, key) -> each.id().compareTo(DatabaseId.parse(key)) > 0)
                .page(page, DatabaseJson::toJson);
    }

    private void one(RoutingContext context) {
        QueryParameters.of(context);
        String name = name(context);
        api.reads().answer(context, () -> one(name));
    }

    private ObjectNode one(String name) {
        FleetView view = api.fleet().view();
        DatabaseId id = api.lookups().database(view, name);
        DatabaseRows rows = new DatabaseRows(view, api.fleet().now());
        return DatabaseJson.full(rows.row(id), view.lookup().database(id), rows.everywhere(id));
    }

    private void history(RoutingContext context) {
        int limit = PageRequest.limit(QueryParameters.of(context, PageRequest.LIMIT));
        DatabaseId id = api.lookups().database(api.fleet().view(), name(context));
        api.fleet()
                .history(id, limit)
                .compose(this::render)
                .onSuccess(body -> Responses.json(context, Responses.OK, body))
                .onFailure(context::fail);
    }

    private Future<Buffer> render(DatabaseHistory history) {
        return api.reads().compute(() -> Responses.render(HistoryJson.toJson(history)));
    }

    private static String name(RoutingContext context) {
        String schema = context.pathParam("schema");
        String database = context.pathParam("server") + "/" + context.pathParam("database");
        return schema == null ? database : database + "/" + schema;
    }
}
