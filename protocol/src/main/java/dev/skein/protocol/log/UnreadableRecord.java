package dev.skein.protocol.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A record read back from the log that is no event of this version.
 *
 * @param position where it is
 * @param key the id it was written under, where it has one
 * @param appendedAt when the broker wrote it, by the broker's clock
 * @param problem what is wrong with it, for a person
 */
public record UnreadableRecord(
        Position position, Optional<String> key, Instant appendedAt, String problem) {}
