package dev.skein.ops.draft;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time in UTC, as file names of migrations begin. */
final class Stamp {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private Stamp() {}

    static String of(Draft draft) {
        return SECONDS.format(draft.at());
    }
}
