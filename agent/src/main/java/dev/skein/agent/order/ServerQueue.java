package dev.skein.agent.order;

import dev.skein.protocol.id.DatabaseId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The orders of one server: those that wait, first come first served, and how many run. */
final class ServerQueue {
    private final int inFlightMax;
    private final Set<DatabaseId> waiting = new LinkedHashSet<>();
    private int inFlight;

    ServerQueue(int inFlightMax) {
        this.inFlightMax = inFlightMax;
    }

    /** Queues the database; one that waits already keeps its position. */
    void add(DatabaseId database) {
        waiting.add(database);
    }

    void remove(DatabaseId database) {
        waiting.remove(database);
    }

    /** Gives the free slots to those that waited longest. */
    List<DatabaseId> admit() {
        List<DatabaseId> admitted = new ArrayList<>();
        var next = waiting.iterator();
        while (inFlight < inFlightMax && next.hasNext()) {
            admitted.add(next.next());
            next.remove();
            inFlight++;
        }
        return admitted;
    }

    /** One of those admitted has ended. */
    void release() {
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting.size();
    }
}
