package dev.skein.agent.order;

import dev.skein.engine.Engine;
import dev.skein.protocol.id.DatabaseId;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an {@link OrderDispatcher} works through.
 *
 * @param engines who carries orders out, by the server's name
 * @param labels of a database, as it was found last; none for one that is not there
 * @param targets what was found last on all servers
 * @param check whether an order is what its rollout says
 * @param plans what the orders refer to
 * @param reporter where reports go
 * @param clock the time of reports
 */
public record OrderPorts(
        Map<String, Engine> engines,
        Function<DatabaseId, SortedMap<String, String>> labels,
        Supplier<SortedSet<DatabaseId>> targets,
        OrderCheck check,
        PlanCache plans,
        Reporter reporter,
        InstantSource clock) {
    /** Copies the map. */
    public OrderPorts {
        engines = Collections.unmodifiableMap(new TreeMap<>(engines));
    }
}
