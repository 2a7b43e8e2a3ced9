package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class WaveBarTest {
    private static final String TIMES =
            "startedAt: '2026-01-01T00:00:00Z', settledAt: '2026-01-01T00:01:05Z'";

    private static JsonNode wave(String yaml) {
        return Samples.of("{ name: early, databases: 8, " + TIMES + ", " + yaml + " }");
    }

    @Test
    void barSaysHowMuchIsDoneAndWhatHolds() {
        JsonNode wave =
                wave(
                        "phase: running, failed: 1, failuresAllowed: 0,"
                                + " counts: { pending: 2, running: 2, applied: 3, failed: 1 }");
        assertThat(WaveBar.draw(wave, 8, 100))
                .singleElement()
                .asString()
                .startsWith("early ")
                .contains("50%", "4/8", "0:01:05")
                .contains("under way, 2 in flight, 1 failed (budget 0)")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void whatHoldsStandsUnderTheBarWhereThereIsNoRoomBesideIt() {
        JsonNode wave =
                wave(
                        "phase: running, failed: 1, failuresAllowed: 0,"
                                + " counts: { pending: 2, running: 2, applied: 3, failed: 1 }");
        assertThat(WaveBar.draw(wave, 8, 79))
                .hasSize(2)
                .allMatch(line -> line.length() <= 79)
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0))
                                    .contains("50%", "4/8")
                                    .matches(".*\\|.{20,}\\|.*");
                            assertThat(lines.get(1)).endsWith("1 failed (budget 0)");
                        });
    }

    @Test
    void barFitsItsColumns() {
        JsonNode wave = wave("phase: passed, counts: { applied: 8 }");
        assertThat(WaveBar.draw(wave, 8, 60))
                .allMatch(line -> line.length() <= 60)
                .anySatisfy(line -> assertThat(line).contains("100%", "8/8"));
    }

    @Test
    void waveThatHasNotStartedIsEmpty() {
        JsonNode wave =
                Samples.of("{ name: all, databases: 8, phase: waiting, counts: { pending: 8 } }");
        assertThat(WaveBar.draw(wave, 8, 100))
                .singleElement()
                .asString()
                .contains("0%", "0/8", "waiting");
    }

    @Test
    void everyEndCountsAsFinished() {
        JsonNode counts =
                Samples.of(
                        "{ pending: 1, ordered: 1, running: 1, unreachable: 1, applied: 1,"
                                + " failed: 1, rolled-back: 1, rollback-failed: 1,"
                                + " irreversible: 1, skipped: 1 }");
        assertThat(WaveBar.finished(counts)).isEqualTo(6);
    }
}
