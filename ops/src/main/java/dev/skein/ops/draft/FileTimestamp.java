package dev.skein.ops.draft;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time in UTC with which names of migration files begin. */
final class FileTimestamp {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private FileTimestamp() {}

    static String of(Draft draft) {
        return SECONDS.format(draft.at());
    }
}
