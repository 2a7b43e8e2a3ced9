package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import java.util.List;

/**
 * The databases of one wave, as resolved when the rollout was opened.
 *
 * @param name the wave's name
 * @param databases ordered; may be empty
 */
public record WaveTargets(String name, List<DatabaseId> databases) {
    /** Copies the list. */
    public WaveTargets {
        databases = List.copyOf(databases);
    }
}
