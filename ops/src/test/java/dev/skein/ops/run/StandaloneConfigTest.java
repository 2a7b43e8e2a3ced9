package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class StandaloneConfigTest {
    private static final String SERVER =
            "servers: [{name: pg, uri: 'postgresql://ann@127.0.0.1:1/postgres',"
                    + " databases: [{name: acme}]}]\n";

    private static StandaloneConfig of(String yaml) {
        ObjectNode root = (ObjectNode) SettingsFile.parse("skein.yaml", yaml);
        return StandaloneConfig.of(
                "skein.yaml", root, Collections.emptyMap(), BrokerAddress.open("127.0.0.1:9092"));
    }

    @Test
    void everythingButTheServersHasADefault() {
        StandaloneConfig config = of(SERVER);
        assertThat(config.agent().agent().value()).isEqualTo("standalone");
        assertThat(config.agent().servers()).hasSize(1);
        assertThat(config.agent().log().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.orchestrator().name()).isEqualTo("standalone");
        assertThat(config.orchestrator().log().bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.orchestrator().log().topics().partitions()).isEqualTo(8);
        assertThat(config.orchestrator().http().url(8080)).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void agentsNameAndTheAddressOfTheApiAreTheUsersToChoose() {
        StandaloneConfig config = of("agent: eu-1\nhttp: {port: 9000}\n" + SERVER);
        assertThat(config.agent().agent().value()).isEqualTo("eu-1");
        assertThat(config.orchestrator().http().port()).isEqualTo(9000);
    }

    @Test
    void problemsOfBothPartsAreToldTogether() {
        assertThatThrownBy(() -> of("http: {port: 70000}\nservers: []\ncolour: red\n"))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageStartingWith("skein.yaml has 3 problems:")
                .hasMessageContaining("http.port")
                .hasMessageContaining("servers: needs at least one server")
                .hasMessageContaining("colour: is not a known key");
    }
}
