package dev.skein.engine;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a kind of database server offers: it carries out orders in its databases, answers the
 * queries that find databases, and tells how a schema is read.
 *
 * <p>Called on any context; permit and reports are called, and futures complete, on the caller's.
 */
public interface Engine {
    /**
     * Carries one order out in one database, from the connection to the last report. Executions in
     * different databases may run at the same time; two in one database wait for each other in the
     * database itself.
     *
     * @param permit asked before each step, and about once a second while waiting
     * @return how the execution ended, after the connection is closed. Fails only if the sink fails
     *     or something is wrong with Skein itself; the same order may then be executed again
     */
    Future<ExecutionEnd> execute(
            Assignment assignment, Supplier<Permit> permit, ReportSink reports);

    /** Read-only queries in the databases of the server of that name. */
    ServerQueries queries(String server);

    /**
     * How to read what a plan may change in a database.
     *
     * @param schema the tenant's schema; absent where the tenant has the whole database
     */
    SchemaReader schemaReader(Plan plan, Optional<String> schema);
}
