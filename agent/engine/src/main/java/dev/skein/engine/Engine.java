package dev.skein.engine;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Carries one order out in one database, from the connection to the last report.
 *
 * <p>Called on any context; permit and reports are called, and the future completes, on the
 * caller's. Walks of different databases may run at the same time; two of one database wait for
 * each other in the database itself.
 */
@FunctionalInterface
public interface Engine {
    /**
     * Walks the order.
     *
     * @param permit asked before each step, and about once a second while waiting
     * @return how the walk ended, after the connection is closed. Fails only if the sink fails or
     *     something is wrong with Skein itself; the same order may then be walked again
     */
    Future<ExecutionEnd> walk(Assignment assignment, Supplier<Permit> permit, ReportSink reports);
}
