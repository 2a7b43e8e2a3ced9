package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.StepFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an SQLSTATE looks like in the output of drivers. */
class RunFailuresTest {
    private static StepFailure of(String output) {
        return RunFailures.ofExit("billing", 1, output, Set.of("40001", "08001")::contains);
    }

    @Test
    void errorStandsAboveItsStack() {
        String node =
                """
                file:///srv/billing/data-migration.mjs:7
                        throw new Error(`customer 3 has no contract`);
                              ^

                Error: customer 3 has no contract
                    at file:///srv/billing/data-migration.mjs:7:15
                    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                    at Socket.emit (node:events:524:28)

                Node.js v20.20.2
                """;

        assertThat(of(node).message())
                .endsWith("has no contract`); | Error: customer 3 has no contract");
        assertThat(of("\tat a.B.c(B.java:1)").message()).endsWith("at a.B.c(B.java:1)");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "code: '23505',23505",
                "Raw query failed. Code: `23505`. Message: `x`,23505",
                "SQLSTATE[23505],23505",
                "|SQL State  : 23505|,23505",
                "psycopg2.errors.SerializationFailure: x,40001",
                "code: 'EPERM',",
                "code: 'P2002',",
                "code: 'P2034',40001",
                "Error: P1001: Can't reach database server,08001",
                "no code at all,"
            })
    void stateIsFoundWhereThereIsOne(String output, String state) {
        assertThat(of(output).sqlState().orElse(null)).isEqualTo(state);
    }
}
