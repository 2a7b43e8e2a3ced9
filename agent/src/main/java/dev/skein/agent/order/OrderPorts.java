package dev.skein.agent.order;

import dev.skein.agent.walk.Walker;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an {@link OrderDesk} works through.
 *
 * @param walkers who carries orders out, by the server's name
 * @param plans what the orders refer to
 * @param reporter where reports go
 * @param clock the time of reports
 */
public record OrderPorts(
        Map<String, Walker> walkers, PlanShelf plans, Reporter reporter, InstantSource clock) {
    /** Copies the map. */
    public OrderPorts {
        walkers = Collections.unmodifiableMap(new TreeMap<>(walkers));
    }
}
