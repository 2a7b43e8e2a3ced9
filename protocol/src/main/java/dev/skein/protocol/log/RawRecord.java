package dev.skein.protocol.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A record as it lies in the log, for a person to look at: nothing of it was decoded.
 *
 * @param appendedAt when the broker wrote it, by the broker's clock
 * @param bytes of its value; 0 where it has none
 * @param text the value as UTF-8; absent where it has none
 * @param problem why it is no event of this version; absent where it is one
 */
public record RawRecord(
        Position position,
        Optional<String> key,
        Instant appendedAt,
        int bytes,
        Optional<String> text,
        Optional<String> problem) {}
