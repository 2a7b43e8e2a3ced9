package dev.skein.ops.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;

/** The server answered with a problem (RFC 9457). */
public final class ServerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int CLIENT_ERROR_MIN = 400;
    private static final int SERVER_ERROR_MIN = 500;
    private static final int CONFLICT = 409;

    private static final String NOT_LEADING = "not-leading";

    private final int status;
    private final String code;

    private ServerRefused(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ServerRefused of(HttpRequest request, int status, JsonNode problem) {
        StringBuilder text = new StringBuilder();
        text.append(problem.path("detail").asText(problem.path("title").asText("")));
        if (text.isEmpty()) {
            text.append(request.method()).append(' ').append(request.uri().getPath());
            text.append(" was answered with status ").append(status);
        }
        String code = problem.path("code").asText("");
        if (!code.isEmpty()) {
            text.append(" [").append(code).append(']');
        }
        JsonNode problems = problem.path("problems");
        // The detail of a single problem is that problem.
        if (problems.size() != 1 || text.indexOf(problems.path(0).path("message").asText()) < 0) {
            problems.forEach(each -> append(text, each));
        }
        return new ServerRefused(status, code, text.toString());
    }

    private static void append(StringBuilder text, JsonNode problem) {
        text.append("\n  ").append(problem.path("path").asText());
        text.append(": ").append(problem.path("message").asText());
    }

    /** Whether nothing was done because no orchestrator leads at the moment. */
    boolean hasNoLeaderYet() {
        return code.equals(NOT_LEADING);
    }

    /** Whether the call was right, and what it names is not in a state that allows it now. */
    public boolean isByState() {
        return status == CONFLICT;
    }

    /** Whether the call was wrong, and not the server. */
    public boolean isCallersFault() {
        return status >= CLIENT_ERROR_MIN && status < SERVER_ERROR_MIN;
    }
}
