package dev.skein.engine.postgres;

import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks, from a second connection, at who keeps a step waiting.
 *
 * <p>When a step begins to wait is not known. The watch therefore looks at intervals of less than
 * half the lock timeout, so that at least two looks fall into any wait that ends with a timeout.
 * The second connection is opened only when a step runs longer than one interval, and then kept for
 * the execution. A failure here fails no step: then no blocker is named.
 *
 * <p>Confined to the execution's context.
 */
final class BlockerWatch {
    private static final int LOOKS_PER_TIMEOUT_TENTHS = 4;
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final Vertx vertx;
    private final Connections connections;
    private final OrderIssued order;
    private final long interval;
    private Optional<Future<PgSession>> second = Optional.empty();
    private List<Blocker> seen = List.of();
    private long timer = -1;
    private boolean looking;

    BlockerWatch(Vertx vertx, Connections connections, OrderIssued order) {
        this.vertx = vertx;
        this.connections = connections;
        this.order = order;
        long timeout = order.limits().lockTimeout().toMillis();
        this.interval = Math.max(SHORTEST.toMillis(), timeout * LOOKS_PER_TIMEOUT_TENTHS / 10);
    }

    /** A statement of that process begins. */
    void begin(int pid) {
        seen = List.of();
        timer = vertx.setPeriodic(interval, id -> look(pid));
    }

    /** The statement has ended; answers who was last seen blocking it. */
    List<Blocker> end() {
        vertx.cancelTimer(timer);
        return seen;
    }

    private void look(int pid) {
        if (looking) {
            return;
        }
        looking = true;
        session()
                .compose(session -> session.send(PgStatements.blockers(pid)))
                .onSuccess(
                        results -> {
                            List<Blocker> found = Blockers.read(results.rows("pid"));
                            seen = found.isEmpty() ? seen : found;
                        })
                .onComplete(done -> looking = false);
    }

    private Future<PgSession> session() {
        boolean usable =
                second.filter(f -> !f.isComplete() || f.succeeded() && f.result().alive())
                        .isPresent();
        if (!usable) {
            second =
                    Optional.of(
                            connections
                                    .open(order.database(), "skein/watch", order.limits())
                                    .map(PgSession::new));
        }
        return second.orElseThrow();
    }

    /** Closes the second connection where there is one. Never fails. */
    Future<Void> close() {
        vertx.cancelTimer(timer);
        return second.map(opening -> opening.compose(PgSession::close).otherwiseEmpty())
                .orElse(Future.succeededFuture());
    }
}
