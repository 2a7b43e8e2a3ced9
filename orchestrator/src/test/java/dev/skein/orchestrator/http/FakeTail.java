package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.EventTail;
import dev.skein.orchestrator.runtime.Subscription;
import dev.skein.orchestrator.runtime.TailPage;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tail that forgets when it is told to. */
final class FakeTail implements EventTail {
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private int oldest;
    private long readUpTo;

    void append(LogRecord record) {
        synchronized (this) {
            records.add(record);
        }
        listeners.forEach(Runnable::run);
    }

    /** Holds no more than this many of what it has. */
    synchronized void forgetAllBut(int held) {
        oldest = Math.max(0, records.size() - held);
    }

    /** The index behind the record that was read last. */
    synchronized long readUpTo() {
        return readUpTo;
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public synchronized long end() {
        return records.size();
    }

    @Override
    public synchronized OptionalLong after(Position position) {
        for (int index = oldest; index < records.size(); index++) {
            if (records.get(index).position().equals(position)) {
                return OptionalLong.of(index + 1);
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public synchronized TailPage read(long from, int limit) {
        int first = (int) Math.min(Math.max(from, oldest), records.size());
        int next = Math.min(first + limit, records.size());
        readUpTo = next;
        return new TailPage(records.subList(first, next), next, Math.max(0, first - from));
    }

    @Override
    public Subscription onAppended(Runnable listener) {
        Context context = Vertx.currentContext();
        Runnable told = () -> context.runOnContext(ignored -> listener.run());
        listeners.add(told);
        return () -> listeners.remove(told);
    }
}
