package dev.skein.engine.postgres;

import dev.skein.engine.Engine;
import dev.skein.engine.ReportSink;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Walks PostgreSQL databases. Any number of walks at a time; whoever calls it bounds them. */
public final class PostgresEngine implements Engine {
    private final Vertx vertx;
    private final Connections connections;
    private final ExecutionSettings tools;

    /** A walker over these connections. */
    public PostgresEngine(Vertx vertx, Connections connections, ExecutionSettings tools) {
        this.vertx = vertx;
        this.connections = connections;
        this.tools = tools;
    }

    @Override
    public Future<ExecutionEnd> walk(
            Assignment assignment, Supplier<Permit> permit, ReportSink reports) {
        Context context = vertx.getOrCreateContext();
        Promise<ExecutionEnd> ended = Promise.promise();
        ExecutionDriver.Parts parts =
                new ExecutionDriver.Parts(vertx, connections, tools, assignment, permit);
        context.runOnContext(nothing -> run(parts, new Outbox(reports)).onComplete(ended));
        return ended.future();
    }

    private static Future<ExecutionEnd> run(ExecutionDriver.Parts parts, Outbox outbox) {
        return SurveyExecution.isMeantBy(parts.order())
                ? new SurveyExecution(parts, outbox).run()
                : new ExecutionDriver(parts, outbox).run();
    }
}
