package dev.skein.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RolloutIdsTest {
    @Test
    void nameTellsTheMinuteInUtc() {
        RolloutIds ids = new RolloutIds(() -> Instant.parse("2026-01-02T15:04:59.999Z"));

        assertThat(ids.get().value()).matches("r-20260102-1504-[0-9a-f]{4}");
    }
}
