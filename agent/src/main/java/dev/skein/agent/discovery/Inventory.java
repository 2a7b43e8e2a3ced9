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
 * @param complete whether all of it could be asked, so that a database it lacks is not there
 * @param version of the server's programs, as it was told last; absent before that
 */
public record Inventory(
        List<AnnouncedDatabase> databases,
        Optional<String> problem,
        boolean complete,
        Optional<String> version) {
    /** Copies the list. */
    public Inventory {
        databases = List.copyOf(databases);
    }

    /** One that is complete unless there is a problem. */
    public Inventory(List<AnnouncedDatabase> databases, Optional<String> problem) {
        this(databases, problem, problem.isEmpty(), Optional.empty());
    }
}
