package dev.skein.ops.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;

/** The server answered with a problem (RFC 9457). */
public final class ServerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int CLIENT_ERROR_MIN = 400;
    private static final int SERVER_ERROR_MIN = 500;

    private final int status;

    private ServerRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    static ServerRefused of(HttpRequest request, int status, JsonNode problem) {
        StringBuilder text = new StringBuilder();
        text.append(problem.path("detail").asText(problem.path("title").asText("")));
        if (text.isEmpty()) {
            text.append(request.method()).append(' ').append(request.uri().getPath());
            text.append(" was answered with status ").append(status);
        }
        for (JsonNode each : problem.path("problems")) {
            text.append("\n  ").append(each.path("path").asText());
            text.append(": ").append(each.path("message").asText());
        }
        String code = problem.path("code").asText("");
        return new ServerRefused(
                status, code.isEmpty() ? text.toString() : text + " [" + code + "]");
    }

    /** Whether the call was wrong, and not the server. */
    public boolean isCallersFault() {
        return status >= CLIENT_ERROR_MIN && status < SERVER_ERROR_MIN;
    }
}
