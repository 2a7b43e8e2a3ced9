package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.AgentRun;
import dev.skein.orchestrator.fleet.AgentState;
import dev.skein.orchestrator.fleet.AnnouncedServer;
import dev.skein.orchestrator.fleet.LastHeartbeat;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes agents. */
final class AgentJson {
    private static final int CONTESTED_MAX = 100;

    private AgentJson() {}

    /**
     * @param contested databases that it announces and another agent owns; the first 100 are shown
     */
    static ObjectNode toJson(AgentState agent, List<DatabaseId> contested, Instant now) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("agent", agent.id().value())
                        .put("instance", agent.run().map(AgentRun::instance).orElse(""))
                        .put("lastSeen", agent.lastSeen().toString());
        boolean reachable = agent.isReachable(now);
        if (!reachable) {
            Duration silent = Duration.between(agent.lastSeen(), now);
            json.put("silentFor", silent.isNegative() ? "PT0S" : silent.toString());
        }
        json.put("reachable", reachable).put("stopped", agent.isStopped());
        ArrayNode servers = json.putArray("servers");
        agent.validServers().forEach(each -> putServer(servers.addObject(), each));
        json.put(
                        "databasesInFlight",
                        agent.heartbeat().map(LastHeartbeat::databasesInFlight).orElse(0))
                .put(
                        "databasesWaiting",
                        agent.heartbeat().map(LastHeartbeat::databasesWaiting).orElse(0));
        ArrayNode runners = json.putArray("runners");
        agent.run().map(AgentRun::runners).orElse(List.of()).forEach(runners::add);
        ArrayNode names = json.putArray("contested");
        contested.stream().limit(CONTESTED_MAX).forEach(each -> names.add(each.toString()));
        ArrayNode setAside = json.putArray("setAside");
        agent.setAside()
                .forEach(
                        (key, record) ->
                                setAside.addObject()
                                        .put("key", key)
                                        .put("record", record.position().path())
                                        .put("reason", record.reason()));
        return json;
    }

    private static void putServer(ObjectNode json, AnnouncedServer server) {
        json.put("server", server.server())
                .put("databases", server.databases().size())
                .put("databasesInFlightMax", server.databasesInFlightMax());
        server.version().ifPresent(version -> json.put("version", version));
        server.problem().ifPresent(problem -> json.put("problem", problem));
    }
}
