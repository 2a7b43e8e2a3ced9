package dev.skein.ops.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happened, as one number, with the last of it kept in words for a failure's message. */
final class Trace {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int KEPT = Integer.getInteger("sim.trace", 40);

    private final Deque<String> last = new ArrayDeque<>();
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private long hash = FNV_START;
    private long lines;

    void add(long micros, String what) {
        String line = micros + " " + what;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * FNV_PRIME;
        }
        lines++;
        last.add(line);
        if (last.size() > KEPT) {
            last.remove();
        }
    }

    /** Something that a run is there to make happen. */
    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    SortedMap<String, Integer> counts() {
        return counts;
    }

    long hash() {
        return hash;
    }

    long lines() {
        return lines;
    }

    String tail() {
        return String.join("\n  ", last);
    }
}
