package dev.skein.protocol.log;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.List;

/**
 * One call of append: its entries, and whoever waits for the answer.
 *
 * @param context where the caller is told
 * @param sample runs from the call to the answer
 */
record AppendRequest(
        List<Entry> entries,
        Context context,
        Promise<List<Position>> promise,
        Timer.Sample sample) {
    AppendRequest {
        entries = List.copyOf(entries);
    }

    /** For messages: how much of what. */
    String describe() {
        String first = entries.isEmpty() ? "nothing" : entries.get(0).envelope().event().key();
        return "append of %d entries, the first for %s,".formatted(entries.size(), first);
    }
}
