package dev.skein.agent.postgres;

import dev.skein.agent.step.Assignment;
import dev.skein.agent.step.Permit;
import dev.skein.agent.step.WalkEnd;
import dev.skein.agent.walk.ReportSink;
import dev.skein.agent.walk.Walker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Walks PostgreSQL databases. Any number of walks at a time; whoever calls it bounds them. */
public final class PostgresWalker implements Walker {
    private final Vertx vertx;
    private final Connections connections;
    private final Tools tools;

    /** A walker over these connections. */
    public PostgresWalker(Vertx vertx, Connections connections, Tools tools) {
        this.vertx = vertx;
        this.connections = connections;
        this.tools = tools;
    }

    @Override
    public Future<WalkEnd> walk(
            Assignment assignment, Supplier<Permit> permit, ReportSink reports) {
        Context context = vertx.getOrCreateContext();
        Promise<WalkEnd> ended = Promise.promise();
        WalkRun.Parts parts = new WalkRun.Parts(vertx, connections, tools, assignment, permit);
        context.runOnContext(nothing -> run(parts, new Outbox(reports)).onComplete(ended));
        return ended.future();
    }

    private static Future<WalkEnd> run(WalkRun.Parts parts, Outbox outbox) {
        return SurveyWalk.isMeantBy(parts.order())
                ? new SurveyWalk(parts, outbox).run()
                : new WalkRun(parts, outbox).run();
    }
}
