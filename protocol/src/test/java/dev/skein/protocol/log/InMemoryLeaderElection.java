package dev.skein.protocol.log;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A candidacy at an {@link InMemoryBroker}: candidates lead in the order in which they entered. */
final class InMemoryLeaderElection implements LeaderElection {
    private final Vertx vertx;
    private final InMemoryBroker broker;
    private final String election;
    private final Candidate candidate;
    private final Context context;
    private boolean closed;

    InMemoryLeaderElection(
            Vertx vertx, InMemoryBroker broker, String election, Candidate candidate) {
        this.vertx = vertx;
        this.broker = broker;
        this.election = election;
        this.candidate = candidate;
        this.context = vertx.getOrCreateContext();
    }

    void tellElected() {
        context.runOnContext(ignored -> tell(candidate::elected));
    }

    void tellDeposed() {
        context.runOnContext(ignored -> tell(candidate::deposed));
    }

    private synchronized void tell(Runnable news) {
        if (!closed) {
            news.run();
        }
    }

    @Override
    public Future<Void> close() {
        synchronized (this) {
            if (closed) {
                return Future.succeededFuture();
            }
            closed = true;
        }
        broker.leave(election, this);
        ContextPromise<Void> reply = ContextPromise.toCaller(vertx);
        reply.succeed(null);
        return reply.future();
    }
}
