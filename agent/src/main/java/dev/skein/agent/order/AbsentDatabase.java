package dev.skein.agent.order;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.StepFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer to an order for a database that its agent does not have. */
final class AbsentDatabase {
    private static final Progress NO_STEPS = new Progress(0, 0);

    private AbsentDatabase() {}

    static DatabaseFailed failed(OrderIssued order, Instant at) {
        return new DatabaseFailed(
                order.database(),
                order.rollout(),
                order.epoch(),
                order.kind(),
                Optional.empty(),
                new StepFailure(
                        "unknown-database", Optional.empty(), words(order), false, List.of()),
                NO_STEPS,
                at);
    }

    private static String words(OrderIssued order) {
        return "order "
                + order.epoch()
                + " of rollout "
                + order.rollout()
                + " was not carried out: agent "
                + order.agent()
                + " finds no database "
                + order.database()
                + "; it was dropped or renamed, or the agent's configuration no longer names it."
                + " Bring it back and retry, or skip it";
    }
}
