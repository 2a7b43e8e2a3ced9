package dev.skein.engine.postgres;

import dev.skein.engine.Engine;
import dev.skein.engine.ReportSink;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.ServerQueries;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.postgres.catalogue.CatalogueScope;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/** PostgreSQL. Any number of executions at a time; whoever calls it bounds them. */
public final class PostgresEngine implements Engine {
    private final Vertx vertx;
    private final Connections connections;
    private final ExecutionSettings settings;

    /** The engine over these connections. */
    public PostgresEngine(Vertx vertx, Connections connections, ExecutionSettings settings) {
        this.vertx = vertx;
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public Future<ExecutionEnd> execute(
            Assignment assignment, Supplier<Permit> permit, ReportSink reports) {
        Context context = vertx.getOrCreateContext();
        Promise<ExecutionEnd> ended = Promise.promise();
        ExecutionDriver.Parts parts =
                new ExecutionDriver.Parts(vertx, connections, settings, assignment, permit);
        context.runOnContext(nothing -> run(parts, new Outbox(reports)).onComplete(ended));
        return ended.future();
    }

    @Override
    public ServerQueries queries(String server) {
        return new PgServerQueries(server, connections);
    }

    @Override
    public SchemaReader schemaReader(Plan plan, Optional<String> schema) {
        return CatalogueScope.of(plan, schema);
    }

    private static Future<ExecutionEnd> run(ExecutionDriver.Parts parts, Outbox outbox) {
        return SurveyExecution.isMeantBy(parts.order())
                ? new SurveyExecution(parts, outbox).run()
                : new ExecutionDriver(parts, outbox).run();
    }
}
