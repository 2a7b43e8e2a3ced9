package dev.skein.protocol.codec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The envelope's attributes as CloudEvents 1.0 names them in its protocol binding for Kafka, so
 * that tools which know nothing of Skein can tell its records apart.
 */
final class CloudEvents {
    private static final String TYPE_PREFIX = "dev.skein.";

    private CloudEvents() {}

    static Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id().toString());
        headers.put("ce_type", TYPE_PREFIX + EventTypes.nameOf(envelope.event()));
        headers.put("ce_source", uri(envelope.source()));
        headers.put("ce_time", envelope.event().at().toString());
        envelope.traceParent().ifPresent(parent -> headers.put("ce_traceparent", parent));
        headers.put("content-type", "application/json");
        return Collections.unmodifiableMap(headers);
    }

    /** The specification asks for a URI reference; names of databases may hold any character. */
    private static String uri(String source) {
        int colon = source.indexOf(':');
        String scheme = colon < 0 ? null : source.substring(0, colon);
        try {
            return new URI(scheme, source.substring(colon + 1), null).toASCIIString();
        } catch (URISyntaxException cause) {
            throw new IllegalArgumentException(
                    "source '" + source + "' cannot be written as a URI", cause);
        }
    }
}
