package dev.skein.protocol.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventKeyTest {
    private static final Instant AT = Instant.parse("2026-01-02T15:04:05Z");
    private static final AgentId AGENT = new AgentId("eu-1");
    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final DatabaseId DATABASE = DatabaseId.of("pg-1", "shared", "t_1");

    @Test
    void reportsAreKeyedByDatabase() {
        assertThat(new OrderStopped(DATABASE, ROLLOUT, 1, new Progress(0, 1), AT).key())
                .isEqualTo("pg-1/shared/t_1");
    }

    @Test
    void decisionsAreKeyedByRollout() {
        assertThat(new WaveStarted(ROLLOUT, 0, AT).key()).isEqualTo("r-1");
    }

    /** The topic of agents is compacted: what must not replace each other has keys of its own. */
    @Test
    void startServersAndHeartbeatOfAnAgentDoNotReplaceEachOther() {
        List<String> keys =
                List.of(
                        new AgentStarted(AGENT, "i", List.of(), Duration.ofSeconds(5), AT).key(),
                        announced("pg-1").key(),
                        announced("pg-2").key(),
                        new AgentHeartbeat(AGENT, "i", 0, 0, AT).key());

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.startsWith("eu-1/"));
    }

    @Test
    void stopReplacesTheLastHeartbeat() {
        assertThat(new AgentStopped(AGENT, "i", AT).key())
                .isEqualTo(new AgentHeartbeat(AGENT, "i", 0, 0, AT).key());
    }

    @Test
    void eventKeepsNothingOfTheListsAndMapsItWasMadeFrom() {
        List<DatabaseId> databases = new ArrayList<>(List.of(DATABASE));
        TreeMap<String, String> labels = new TreeMap<>();
        DatabasesJoined joined = new DatabasesJoined(ROLLOUT, 0, databases, AT);
        AnnouncedDatabase announced = new AnnouncedDatabase(DATABASE, labels);

        databases.clear();
        labels.put("tier", "free");

        assertThat(joined.databases()).containsExactly(DATABASE);
        assertThat(announced.labels()).isEmpty();
    }

    private static ServerAnnounced announced(String server) {
        return new ServerAnnounced(AGENT, "i", server, 4, List.of(), Optional.empty(), AT);
    }
}
