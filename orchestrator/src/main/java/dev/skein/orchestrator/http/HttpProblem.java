package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.protocol.settings.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A problem document (RFC 9457) on its way to the caller.
 *
 * @param code stable; the last part of the problem's type
 * @param detail for a person: what was attempted, with which numbers, what to do
 * @param problems what is wrong with which part of the request, where that can be said
 * @param headers of the answer, beside its content type
 */
record HttpProblem(
        int status,
        String code,
        String detail,
        List<Problem> problems,
        SortedMap<String, String> headers) {
    private static final String TYPE = "urn:skein:problem:";

    HttpProblem {
        problems = List.copyOf(problems);
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    static HttpProblem of(HttpProblemCode code, String detail) {
        return new HttpProblem(
                code.status(), code.label(), detail, List.of(), Collections.emptySortedMap());
    }

    static HttpProblem of(RejectionCode code, String detail) {
        return new HttpProblem(
                RejectionStatus.of(code),
                code.label(),
                detail,
                List.of(),
                Collections.emptySortedMap());
    }

    static HttpProblem of(Rejection rejection) {
        return of(rejection.code(), rejection.message());
    }

    /** A parameter of the query that cannot be used. */
    static HttpProblem parameter(String name, String message) {
        return of(HttpProblemCode.INVALID_PARAMETER, "query parameter " + name + " " + message)
                .about(List.of(new Problem(name, message)));
    }

    HttpProblem about(List<Problem> parts) {
        return new HttpProblem(status, code, detail, parts, headers);
    }

    HttpProblem withStatus(int other) {
        return new HttpProblem(other, code, detail, problems, headers);
    }

    HttpProblem with(String header, String value) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpProblem(status, code, detail, problems, more);
    }

    /** The caller may ask again in a moment. */
    HttpProblem retryable() {
        return with("Retry-After", "1");
    }

    RequestRefused refused() {
        return new RequestRefused(this);
    }

    ObjectNode toJson() {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", TYPE + code)
                        .put("title", title())
                        .put("status", status)
                        .put("detail", detail)
                        .put("code", code);
        if (!problems.isEmpty()) {
            ArrayNode list = json.putArray("problems");
            problems.forEach(
                    each ->
                            list.addObject()
                                    .put("path", each.path())
                                    .put("message", each.message()));
        }
        return json;
    }

    private String title() {
        String words = code.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
