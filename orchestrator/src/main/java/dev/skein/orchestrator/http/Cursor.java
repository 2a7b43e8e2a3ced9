package dev.skein.orchestrator.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended: opaque to callers, and good for the list that gave it only. */
final class Cursor {
    private static final char SEPARATOR = ':';

    private Cursor() {}

    static String encode(String list, String key) {
        byte[] text = (list + SEPARATOR + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The key of the last item of the page before. */
    static String decode(String list, String cursor) {
        String text = text(cursor);
        String prefix = list + SEPARATOR;
        if (!text.startsWith(prefix)) {
            throw bad(cursor);
        }
        return text.substring(prefix.length());
    }

    private static String text(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw bad(cursor);
        }
    }

    static RequestRefused bad(String cursor) {
        return HttpProblem.of(
                        HttpProblemCode.BAD_CURSOR,
                        "cursor '%s' was not given by this list; begin without one"
                                .formatted(cursor))
                .refused();
    }
}
