package dev.skein.agent.discovery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at one server again and again and tells when something changed.
 *
 * <p>Confined to one context. The next look begins an interval after the end of the last one.
 */
public final class ServerWatch {
    private final Vertx vertx;
    private final Discovery discovery;
    private final Duration interval;
    private final Consumer<Inventory> changed;
    private Optional<Inventory> last = Optional.empty();
    private boolean closed;

    /**
     * @param changed told of the first inventory and of each that differs from the one before
     */
    public ServerWatch(
            Vertx vertx, Discovery discovery, Duration interval, Consumer<Inventory> changed) {
        this.vertx = vertx;
        this.discovery = discovery;
        this.interval = interval;
        this.changed = changed;
    }

    /** Looks for the first time; completes after that, and goes on until closed. */
    public Future<Void> start() {
        return discovery.look().onSuccess(this::found).mapEmpty();
    }

    /** Tells nothing more. */
    public void close() {
        closed = true;
    }

    private void found(Inventory inventory) {
        if (closed) {
            return;
        }
        if (!last.equals(Optional.of(inventory))) {
            last = Optional.of(inventory);
            changed.accept(inventory);
        }
        vertx.setTimer(interval.toMillis(), timer -> lookAgain());
    }

    private void lookAgain() {
        if (!closed) {
            discovery.look().onSuccess(this::found);
        }
    }
}
