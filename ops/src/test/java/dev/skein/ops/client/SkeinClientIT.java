package dev.skein.ops.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SkeinClientIT {
    private static SkeinClient client(FakeSkeinServer server) {
        return new SkeinClient(server.uri(), Optional.empty());
    }

    private static Throwable refusal(int status, String body) throws IOException {
        try (FakeSkeinServer server = FakeSkeinServer.answering(status, body)) {
            SkeinClient client = client(server);
            return catchThrowable(() -> client.get("/fleet"));
        }
    }

    @Test
    void readsAndPostsBelowTheApi() throws IOException {
        try (FakeSkeinServer server = FakeSkeinServer.answering(200, "{\"databases\": 3}")) {
            SkeinClient client =
                    new SkeinClient(URI.create(server.uri() + "/"), Optional.of("secret"));
            assertThat(client.get("/fleet").path("databases").asInt()).isEqualTo(3);
            client.post("/plans", JsonNodeFactory.instance.objectNode().put("by", "ann"));
            assertThat(server.asked())
                    .containsExactly(
                            "GET /api/v1/fleet Bearer secret",
                            "POST /api/v1/plans {\"by\":\"ann\"} Bearer secret");
        }
    }

    @Test
    void problemIsToldWithItsCodeAndEachOfItsParts() throws IOException {
        String problem =
                "{\"detail\": \"two things are wrong\", \"code\": \"invalid-request\","
                        + " \"problems\": [{\"path\": \"waves[0].percent\", \"message\": \"101\"},"
                        + " {\"path\": \"select\", \"message\": \"empty\"}]}";
        assertThat(refusal(400, problem))
                .isInstanceOf(ServerRefused.class)
                .hasMessage(
                        "two things are wrong [invalid-request]\n"
                                + "  waves[0].percent: 101\n"
                                + "  select: empty");
    }

    @Test
    void problemThatTheDetailNamesIsNotRepeated() throws IOException {
        String problem =
                "{\"detail\": \"state cannot be used: 'x'\", \"code\": \"invalid-parameter\","
                        + " \"problems\": [{\"path\": \"state\", \"message\": \"cannot be used:"
                        + " 'x'\"}]}";
        assertThat(refusal(400, problem))
                .hasMessage("state cannot be used: 'x' [invalid-parameter]");
    }

    /** One says what the other's text holds, at another key. */
    @Test
    void problemWhoseTextStandsInAnotherIsToldToo() throws IOException {
        String problem =
                "{\"detail\": \"2 problems\", \"code\": \"invalid-request\", \"problems\":"
                        + " [{\"path\": \"waves[0].percent\", \"message\": \"101 is not 1 to"
                        + " 100\"},{\"path\": \"waves[1].percent\", \"message\": \"101 is not 1 to"
                        + " 100\"}]}";
        assertThat(refusal(400, problem))
                .hasMessage(
                        "2 problems [invalid-request]\n"
                                + "  waves[0].percent: 101 is not 1 to 100\n"
                                + "  waves[1].percent: 101 is not 1 to 100");
    }

    @Test
    void callersFaultIsToldFromTheServers() throws IOException {
        assertThat(((ServerRefused) refusal(409, "{}")).isCallersFault()).isTrue();
        assertThat(((ServerRefused) refusal(503, "{}")).isCallersFault()).isFalse();
    }

    @Test
    void answerThatIsNoProblemIsToldAsItIs() throws IOException {
        assertThat(refusal(502, "Bad Gateway\n")).hasMessage("Bad Gateway");
        assertThat(refusal(404, "")).hasMessage("GET /api/v1/fleet was answered with status 404");
    }

    @Test
    void electionIsWaitedOut() throws IOException {
        String noLeader = "{\"detail\": \"no leader yet\", \"code\": \"not-leading\"}";
        try (FakeSkeinServer server = FakeSkeinServer.answering(503, noLeader)) {
            SkeinClient client = client(server);
            CompletableFuture<JsonNode> answer =
                    CompletableFuture.supplyAsync(() -> client.get("/fleet"));
            while (server.asked().size() < 2) {
                Thread.onSpinWait();
            }
            server.answers(200, "{\"databases\": 3}");
            assertThat(answer.join().path("databases").asInt()).isEqualTo(3);
        }
    }

    @Test
    void silenceSaysWhereToLook() throws IOException {
        FakeSkeinServer server = FakeSkeinServer.answering(200, "{}");
        server.close();
        SkeinClient client = client(server);
        assertThatThrownBy(() -> client.get("/fleet"))
                .isInstanceOf(ServerUnreachable.class)
                .hasMessageStartingWith("No Skein server answers at " + server.uri())
                .hasMessageContaining("--server or SKEIN_SERVER");
    }
}
