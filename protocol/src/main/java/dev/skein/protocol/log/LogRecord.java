package dev.skein.protocol.log;

import dev.skein.protocol.codec.Envelope;
import java.time.Instant;

/**
 * A record read back from the log.
 *
 * @param position where it is
 * @param key the id whose order of events it belongs to
 * @param appendedAt when the broker wrote it, by the broker's clock
 * @param envelope what it says
 */
public record LogRecord(Position position, String key, Instant appendedAt, Envelope envelope) {}
