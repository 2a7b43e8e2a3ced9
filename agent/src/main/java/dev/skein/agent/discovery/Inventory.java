package dev.skein.agent.discovery;

import dev.skein.protocol.event.AnnouncedDatabase;
import java.util.List;
import java.util.Optional;

/**
 * The databases of one server, as they were found last.
 *
 * @param databases in the order of their ids; where the server could not be asked, those known
 *     before
 * @param problem what is wrong with the list, for a person
 */
public record Inventory(List<AnnouncedDatabase> databases, Optional<String> problem) {
    /** Copies the list. */
    public Inventory {
        databases = List.copyOf(databases);
    }
}
