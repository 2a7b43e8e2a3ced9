package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.protocol.codec.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What a request's body holds: JSON only; none counts as an empty object. */
final class Bodies {
    static final String WHAT = "request body";

    private static final String BODY = "skein.body";

    private Bodies() {}

    /** Keeps the body that was read for whoever answers the request. */
    static void put(RoutingContext context, Buffer body) {
        context.put(BODY, body);
    }

    /**
     * @param announced the length that the request's head names; -1 where it names none
     */
    static HttpProblem tooLarge(long announced, long max) {
        String detail =
                announced < 0
                        ? "the request body is larger than the %d bytes allowed".formatted(max)
                        : "the request body has %d bytes; %d are allowed".formatted(announced, max);
        return HttpProblem.of(HttpProblemCode.BODY_TOO_LARGE, detail);
    }

    /** The bytes of the body; refuses another content type than JSON. */
    static byte[] bytes(RoutingContext context) {
        Buffer body = context.get(BODY);
        if (body == null || body.length() == 0) {
            return new byte[0];
        }
        String encoding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw HttpProblem.of(
                            HttpProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "the request body is encoded as %s; send it plain".formatted(encoding))
                    .refused();
        }
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (!isJson(type)) {
            throw HttpProblem.of(
                            HttpProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "the request body is %s; send application/json"
                                    .formatted(type == null ? "of no content type" : type))
                    .refused();
        }
        return body.getBytes();
    }

    private static boolean isJson(String type) {
        if (type == null) {
            return false;
        }
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean suffixed = plain.startsWith("application/") && plain.endsWith("+json");
        return plain.equals("application/json") || suffixed;
    }

    static JsonNode parse(byte[] body) {
        return body.length == 0 ? JsonNodeFactory.instance.objectNode() : Json.parse(body, WHAT);
    }
}
