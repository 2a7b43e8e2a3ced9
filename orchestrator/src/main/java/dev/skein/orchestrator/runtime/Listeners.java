package dev.skein.orchestrator.runtime;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Tells listeners the latest value, each on the context it subscribed on.
 *
 * <p>At most one call is under way to a listener: what is told meanwhile replaces what it has not
 * seen yet, so that a slow listener costs one reference and delays no other.
 */
final class Listeners<T> {
    private final List<Listener<T>> all = new CopyOnWriteArrayList<>();

    Subscription add(Consumer<T> consumer) {
        Context context = Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("a subscription needs a Vert.x context to be told on");
        }
        Listener<T> listener = new Listener<>(context, consumer);
        all.add(listener);
        return () -> {
            all.remove(listener);
            listener.closed = true;
        };
    }

    /** May be called from any thread. */
    void tell(T value) {
        all.forEach(listener -> listener.tell(value));
    }

    private static final class Listener<T> {
        private final Context context;
        private final Consumer<T> consumer;
        private final AtomicReference<T> latest = new AtomicReference<>();
        private final AtomicBoolean underWay = new AtomicBoolean();
        private volatile boolean closed;

        Listener(Context context, Consumer<T> consumer) {
            this.context = context;
            this.consumer = consumer;
        }

        void tell(T value) {
            latest.set(value);
            if (underWay.compareAndSet(false, true)) {
                context.runOnContext(ignored -> deliver());
            }
        }

        private void deliver() {
            underWay.set(false);
            if (!closed) {
                consumer.accept(latest.get());
            }
        }
    }
}
