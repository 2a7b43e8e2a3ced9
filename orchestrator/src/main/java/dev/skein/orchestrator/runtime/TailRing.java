package dev.skein.orchestrator.runtime;

import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The tail as a ring: one thread appends, any thread reads; the lock is held for copies only. */
final class TailRing implements EventTail {
    private final LogRecord[] ring;
    private final Map<Position, Long> indices = new HashMap<>();
    private final Listeners<Void> listeners = new Listeners<>();
    private long end;

    /**
     * @param recordsMax how many are held, 1 or more
     */
    TailRing(int recordsMax) {
        ring = new LogRecord[recordsMax];
    }

    /** Takes what was folded; the oldest records give way. */
    void append(List<LogRecord> records) {
        synchronized (this) {
            records.forEach(this::put);
        }
        listeners.tell(null);
    }

    private void put(LogRecord record) {
        int place = (int) (end % ring.length);
        if (ring[place] != null) {
            indices.remove(ring[place].position());
        }
        ring[place] = record;
        indices.put(record.position(), end);
        end++;
    }

    @Override
    public synchronized long end() {
        return end;
    }

    @Override
    public synchronized OptionalLong after(Position position) {
        Long index = indices.get(position);
        return index == null ? OptionalLong.empty() : OptionalLong.of(index + 1);
    }

    @Override
    public synchronized TailPage read(long from, int limit) {
        long oldest = Math.max(0, end - ring.length);
        long first = Math.min(Math.max(from, oldest), end);
        long next = Math.min(first + limit, end);
        List<LogRecord> records = new ArrayList<>((int) (next - first));
        for (long index = first; index < next; index++) {
            records.add(ring[(int) (index % ring.length)]);
        }
        return new TailPage(records, next, Math.max(0, first - from));
    }

    @Override
    public Subscription onAppended(Runnable listener) {
        return listeners.add(ignored -> listener.run());
    }
}
