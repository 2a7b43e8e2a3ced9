package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.protocol.codec.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;

/** Reads bodies of requests: bounded, JSON only; none counts as an empty object. */
final class Bodies {
    static final String WHAT = "request body";

    private static final String BYTES_MAX = "skein.body-bytes-max";

    private Bodies() {}

    /** Remembers the limit for the message, and reads no more than that. */
    static Handler<RoutingContext> upTo(long bytesMax) {
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(bytesMax);
        return context -> {
            context.put(BYTES_MAX, bytesMax);
            reader.handle(context);
        };
    }

    static HttpProblem tooLarge(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long max = context.get(BYTES_MAX, 0L);
        String detail =
                length == null
                        ? "the request body is larger than the %d bytes allowed".formatted(max)
                        : "the request body has %s bytes; %d are allowed".formatted(length, max);
        return HttpProblem.of(HttpProblemCode.BODY_TOO_LARGE, detail);
    }

    /** The bytes of the body; refuses another content type than JSON. */
    static byte[] bytes(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            return new byte[0];
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
