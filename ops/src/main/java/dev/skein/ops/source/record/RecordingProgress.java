package dev.skein.ops.source.record;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells a waiting person every few seconds how far a recording is. */
public final class RecordingProgress {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final String what;
    private final Consumer<String> notes;
    private long last = System.nanoTime();

    /** Tells at once that it has begun. */
    public RecordingProgress(String what, Consumer<String> notes) {
        this.what = what;
        this.notes = notes;
        notes.accept(what + " …");
    }

    /** Where the recording is; told if the last word is some seconds old. */
    public void at(String where) {
        if (System.nanoTime() - last > EVERY_NANOS) {
            last = System.nanoTime();
            notes.accept(what + ": " + where);
        }
    }
}
