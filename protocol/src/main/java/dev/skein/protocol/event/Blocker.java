package dev.skein.protocol.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A session that holds a lock another one waits for, as {@code pg_stat_activity} shows it.
 *
 * @param state such as {@code idle in transaction}
 * @param queryStart when its current or last query began
 */
public record Blocker(
        int pid, String user, String application, String state, Optional<Instant> queryStart) {}
