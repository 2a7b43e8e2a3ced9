package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.id.AgentId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes one event into an agent's state.
 *
 * <p>Each kind of key has a part of its own, and the latest record of a key replaces what was
 * there: the topic is compacted, so nothing older may be needed.
 */
final class AgentFold implements AgentEvent.Visitor<AgentState> {
    private static final String START = "/start";
    private static final String SERVER = "/server/";
    private static final String HEARTBEAT = "/heartbeat";

    private final AgentState before;
    private final Instant appendedAt;

    private AgentFold(AgentState before, Instant appendedAt) {
        this.before = before;
        this.appendedAt = appendedAt;
    }

    static AgentState unknown(AgentId id) {
        return new AgentState(
                id,
                Optional.empty(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Collections.emptySortedMap());
    }

    static AgentState apply(AgentState before, AgentEvent event, Instant appendedAt) {
        AgentState after = event.accept(new AgentFold(before, appendedAt));
        SortedMap<String, SetAside> setAside = new TreeMap<>(before.setAside());
        setAside.remove(event.key());
        return new AgentState(
                after.id(), after.run(), after.servers(), after.heartbeat(), setAside);
    }

    /**
     * The latest record of this key cannot be taken. What an earlier one of it said is void, since
     * compaction may have removed that one for another reader.
     */
    static AgentState setAside(AgentState before, String key, SetAside what) {
        String part = key.substring(before.id().value().length());
        SortedMap<String, AnnouncedServer> servers = new TreeMap<>(before.servers());
        if (part.startsWith(SERVER)) {
            servers.remove(part.substring(SERVER.length()));
        }
        SortedMap<String, SetAside> setAside = new TreeMap<>(before.setAside());
        setAside.put(key, what);
        return new AgentState(
                before.id(),
                before.run().filter(each -> !part.equals(START)),
                servers,
                before.heartbeat().filter(each -> !part.equals(HEARTBEAT)),
                setAside);
    }

    @Override
    public AgentState on(AgentStarted event) {
        AgentRun run =
                new AgentRun(
                        event.instance(),
                        event.servers(),
                        event.heartbeatInterval(),
                        event.runners().orElse(List.of()),
                        event.at(),
                        appendedAt);
        return with(Optional.of(run), before.servers(), before.heartbeat());
    }

    @Override
    public AgentState on(ServerAnnounced event) {
        SortedMap<String, AnnouncedServer> servers = new TreeMap<>(before.servers());
        servers.put(
                event.server(),
                new AnnouncedServer(
                        event.server(),
                        event.instance(),
                        event.databasesInFlightMax(),
                        event.databases(),
                        event.problem(),
                        event.version(),
                        appendedAt));
        return with(before.run(), servers, before.heartbeat());
    }

    @Override
    public AgentState on(AgentHeartbeat event) {
        return seen(
                new LastHeartbeat(
                        event.instance(),
                        false,
                        event.databasesInFlight(),
                        event.databasesWaiting(),
                        event.runs().orElse(List.of()),
                        appendedAt));
    }

    @Override
    public AgentState on(AgentStopped event) {
        return seen(new LastHeartbeat(event.instance(), true, 0, 0, List.of(), appendedAt));
    }

    private AgentState seen(LastHeartbeat heartbeat) {
        return with(before.run(), before.servers(), Optional.of(heartbeat));
    }

    private AgentState with(
            Optional<AgentRun> run,
            SortedMap<String, AnnouncedServer> servers,
            Optional<LastHeartbeat> heartbeat) {
        return new AgentState(before.id(), run, servers, heartbeat, before.setAside());
    }
}
