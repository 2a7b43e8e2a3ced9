package dev.skein.protocol.log;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;

/**
 * One call of append: its entries, and the future that waits for the answer.
 *
 * <p>No record: two calls with equal entries are two requests.
 */
final class AppendRequest {
    private final List<Entry> entries;
    private final Context context;
    private final Timer.Sample sample;
    private final Promise<List<Position>> promise = Promise.promise();

    /** The caller is told on the context; the sample runs from the call to the answer. */
    AppendRequest(List<Entry> entries, Context context, Timer.Sample sample) {
        this.entries = List.copyOf(entries);
        this.context = context;
        this.sample = sample;
    }

    List<Entry> entries() {
        return entries;
    }

    Context context() {
        return context;
    }

    Timer.Sample sample() {
        return sample;
    }

    Promise<List<Position>> promise() {
        return promise;
    }

    /** For messages: how much of what. */
    String describe() {
        String first = entries.isEmpty() ? "nothing" : entries.get(0).envelope().event().key();
        return "append of %d entries, the first for %s,".formatted(entries.size(), first);
    }
}
