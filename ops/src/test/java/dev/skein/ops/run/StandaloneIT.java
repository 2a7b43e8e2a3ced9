package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class StandaloneIT {
    private static final String STRATEGY =
            "waves: [{name: canary, count: 1, approval: required}, {name: all, percent: 100}]";

    @TempDir private Path directory;
    private StandaloneFixture system;

    @BeforeEach
    void start() throws IOException {
        system = new StandaloneFixture(directory).start();
    }

    private String open() throws IOException {
        Path migrations = Files.createDirectory(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("0001_customer.up.sql"), "create table customer ();");
        return system.open(STRATEGY, migrations);
    }

    @Test
    void everythingIsThereAfterARestartAndAnOpenRolloutGoesOn() throws IOException {
        // given
        String rollout = open();
        JsonNode before = system.untilPhase(rollout, "awaiting-approval");
        JsonNode databases = system.client().get("/databases").path("items");
        // when
        system.close();
        system.start();
        // then
        assertThat(system.untilPhase(rollout, "awaiting-approval")).isEqualTo(before);
        assertThat(system.client().get("/databases").path("items")).isEqualTo(databases);
        system.ask(rollout, "approve", Json.mapper().createObjectNode());
        JsonNode after = system.untilPhase(rollout, "completed");
        assertThat(after.path("counts").path("applied").asInt()).isEqualTo(2);
    }

    @AfterEach
    void stop() {
        system.close();
    }
}
