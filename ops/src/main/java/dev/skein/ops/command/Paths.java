package dev.skein.ops.command;

import dev.skein.protocol.id.DatabaseId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names as parts of an address. */
final class Paths {
    private Paths() {}

    static String of(DatabaseId id) {
        return part(id.server())
                + "/"
                + part(id.database())
                + id.schema().map(schema -> "/" + part(schema)).orElse("");
    }

    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
