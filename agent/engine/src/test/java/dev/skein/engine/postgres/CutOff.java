package dev.skein.engine.postgres;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;

/** Executions that are cut off in the middle. */
final class CutOff {
    private CutOff() {}

    /**
     * Leaves the ledger as an execution does that dies right after it wrote that a step starts: the
     * step waits for this table, its connection is cut, and the execution is told to stop.
     */
    static void untilStarted(ExecutionFixture fixture, Plan plan, String table) {
        AtomicReference<Permit> permit = new AtomicReference<>(Permit.go());
        try (Connection blocker = fixture.connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table " + table + " in access exclusive mode");
            Future<ExecutionEnd> end =
                    fixture.begin(fixture.nextOrder(OrderKind.APPLY), plan, permit::get);
            fixture.awaitValue(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()",
                    "1");
            permit.set(Permit.stopped());
            fixture.terminateExecution();
            ExecutionFixture.await(end);
            blocker.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
