package dev.skein.ops.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.protocol.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Calls one Skein server and answers with its JSON. Blocks the calling thread; follows a follower's
 * redirect to the leader, and waits half a minute for one to be elected.
 */
public final class SkeinClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ELECTION_MAX = Duration.ofSeconds(30);
    private static final Duration ELECTION_PROBE = Duration.ofMillis(200);
    private static final int SUCCESS_MAX = 299;
    private static final ObjectMapper JSON = Json.mapper();

    private final URI server;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

    /** A client of the server at that base address, with a bearer token where one is needed. */
    public SkeinClient(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** The address of the server, as the caller gave it. */
    public URI server() {
        return server;
    }

    /**
     * Reads a resource below {@code /api/v1}.
     *
     * @throws ServerRefused if the server answers with a problem
     * @throws ServerUnreachable if no answer came
     */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * Posts JSON to a resource below {@code /api/v1}.
     *
     * @throws ServerRefused if the server answers with a problem
     * @throws ServerUnreachable if no answer came
     */
    public JsonNode post(String path, JsonNode body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base() + "/api/v1" + path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Accept", "application/json, application/problem+json");
        token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
        return builder;
    }

    private String base() {
        String text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Waits out an election, during which the server does nothing. */
    private JsonNode send(HttpRequest request) {
        Instant end = Instant.now().plus(ELECTION_MAX);
        while (true) {
            try {
                return sendOnce(request);
            } catch (ServerRefused refused) {
                if (!refused.hasNoLeaderYet() || Instant.now().isAfter(end)) {
                    throw refused;
                }
                pause(refused);
            }
        }
    }

    private static void pause(ServerRefused refused) {
        try {
            Thread.sleep(ELECTION_PROBE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused;
        }
    }

    private JsonNode sendOnce(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() > SUCCESS_MAX) {
                throw ServerRefused.of(request, response.statusCode(), parse(response.body()));
            }
            return parse(response.body());
        } catch (IOException failure) {
            throw new ServerUnreachable(server, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerUnreachable(server, interrupted);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.createObjectNode().put("detail", body.strip());
        }
    }
}
