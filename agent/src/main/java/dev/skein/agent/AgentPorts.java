package dev.skein.agent;

import dev.skein.agent.discovery.Discovery;
import dev.skein.agent.order.FaultHandler;
import dev.skein.engine.Engine;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.log.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What an agent works through.
 *
 * @param instance one run of the process: two runs never share it
 * @param log where orders come from and reports go
 * @param engines who carries orders out, by the server's name
 * @param discoveries who finds databases, by the server's name
 * @param clock the time of what the agent says
 * @param registry where its metrics are
 * @param faults told of faults
 * @param runs programs that carry out delegated steps at this moment
 */
record AgentPorts(
        String instance,
        EventLog log,
        Map<String, Engine> engines,
        Map<String, Discovery> discoveries,
        InstantSource clock,
        MeterRegistry registry,
        FaultHandler faults,
        Supplier<List<RunUnderWay>> runs) {
    AgentPorts {
        engines = Collections.unmodifiableMap(new TreeMap<>(engines));
        discoveries = Collections.unmodifiableMap(new TreeMap<>(discoveries));
    }
}
