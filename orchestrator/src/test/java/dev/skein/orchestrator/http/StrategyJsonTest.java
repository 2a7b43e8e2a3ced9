package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.orchestrator.strategy.StrategyReader;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.strategy.Strategy;
import org.junit.jupiter.api.Test;

class StrategyJsonTest {
    private static final String EVERYTHING =
            """
            select: { databases: [pg-1/acme], labels: { product: billing } }
            waves:
              - { name: canary, databases: [pg-1/acme], soak: 10m, approval: required }
              - name: early
                labels: { tier: free }
                percent: 10
                max-in-flight: 3
                failure-budget: 2
                deadline: 1h
                on-failure: rollback-wave
                checks: [{ name: users, query: select 1, expect: "1" }]
              - { name: some, count: 5 }
              - { name: rest }
            failure-budget: 1%
            late-databases: join-last-wave
            lock-timeout: 3s
            statement-timeout: 1m
            pause-between-steps: 20ms
            attempts: 4
            require-rehearsal: true
            """;

    @Test
    void whatIsShownCanBeReadAgain() {
        Strategy strategy = read(SettingsFile.parse("strategy", EVERYTHING));
        assertThat(read(StrategyJson.toJson(strategy))).isEqualTo(strategy);
    }

    @Test
    void theSmallestStrategyCanBeReadAgain() {
        Strategy strategy = read(SettingsFile.parse("strategy", "waves: [{ name: all }]"));
        assertThat(read(StrategyJson.toJson(strategy))).isEqualTo(strategy);
    }

    private static Strategy read(JsonNode tree) {
        return StrategyReader.read("strategy", tree);
    }
}
