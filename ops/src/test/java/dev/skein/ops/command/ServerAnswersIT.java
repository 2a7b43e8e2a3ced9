package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.client.FakeSkeinServer;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the status of an answer becomes an exit code. */
class ServerAnswersIT {
    @ParameterizedTest
    @CsvSource({"400, 2", "401, 2", "404, 2", "409, 3", "413, 2", "500, 1", "503, 1"})
    void callersFaultsAreWrongUseAndTheServersAreFailures(int status, int exitCode)
            throws IOException {
        String problem = "{\"detail\": \"it is not to be\", \"code\": \"fate\"}";
        try (FakeSkeinServer server = FakeSkeinServer.answering(status, problem)) {
            Said said = Said.by("fleet", "--server", server.uri().toString());
            assertThat(said.endedWith(exitCode).err().strip())
                    .isEqualTo("skein: it is not to be [fate]");
        }
    }
}
