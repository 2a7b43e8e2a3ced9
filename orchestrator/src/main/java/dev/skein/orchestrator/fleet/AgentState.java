package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * One agent: the latest record of each of its keys, which is all that compaction leaves.
 *
 * <p>Immutable.
 *
 * @param run its latest run; absent until that record has been read
 * @param servers by name, those that the latest run no longer names counted in
 * @param heartbeat the last sign of life
 * @param setAside by their keys, the records that could not be taken, until a later one of the same
 *     key can
 */
public record AgentState(
        AgentId id,
        Optional<AgentRun> run,
        SortedMap<String, AnnouncedServer> servers,
        Optional<LastHeartbeat> heartbeat,
        SortedMap<String, SetAside> setAside) {
    private static final int MISSED_HEARTBEATS_MAX = 3;

    /** Copies the maps. */
    public AgentState {
        servers = Copies.copy(servers);
        setAside = Copies.copy(setAside);
    }

    /** The announcements that count: of servers that the latest run names. */
    public List<AnnouncedServer> validServers() {
        List<String> named = run.map(AgentRun::servers).orElse(List.of());
        return servers.values().stream().filter(each -> named.contains(each.server())).toList();
    }

    /** The program that carries out a delegated step there, as far as is known now. */
    public Optional<RunUnderWay> runIn(DatabaseId database) {
        return heartbeat
                .filter(
                        last ->
                                run.filter(each -> each.instance().equals(last.instance()))
                                        .isPresent())
                .stream()
                .flatMap(last -> last.runs().stream())
                .filter(each -> each.database().equals(database))
                .findFirst();
    }

    /** When the broker wrote the agent's last record. */
    public Instant lastSeen() {
        Stream<Instant> announcements = servers.values().stream().map(AnnouncedServer::appendedAt);
        Stream<Instant> others =
                Stream.of(run.map(AgentRun::appendedAt), heartbeat.map(LastHeartbeat::appendedAt))
                        .flatMap(Optional::stream);
        return Stream.concat(announcements, others).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** Whether its latest run ended on purpose. */
    public boolean isStopped() {
        return run.isPresent()
                && heartbeat.isPresent()
                && heartbeat.get().stopped()
                && heartbeat.get().instance().equals(run.get().instance());
    }

    /** Whether it is thought to carry out orders: started, not stopped, heard of recently. */
    public boolean isReachable(Instant now) {
        return run.isPresent() && !isStopped() && now.compareTo(silentFrom()) <= 0;
    }

    /** The moment from which it counts as silent if nothing more is heard of it. */
    public Instant silentFrom() {
        Duration patience =
                run.map(each -> each.heartbeatInterval().multipliedBy(MISSED_HEARTBEATS_MAX))
                        .orElse(Duration.ZERO);
        return lastSeen().plus(patience);
    }
}
