package dev.skein.agent.discovery;

import dev.skein.protocol.event.AnnouncedDatabase;
import java.util.List;
import java.util.Optional;

/**
 * What one source gave.
 *
 * @param databases absent if the source could not be asked
 * @param problems what a person should know about it, each a sentence without its end
 */
record SourceResult(Optional<List<AnnouncedDatabase>> databases, List<String> problems) {
    SourceResult {
        databases = databases.map(List::copyOf);
        problems = List.copyOf(problems);
    }

    static SourceResult of(List<AnnouncedDatabase> databases, List<String> problems) {
        return new SourceResult(Optional.of(databases), problems);
    }

    /** The source could not be asked: what it gave before still holds. */
    static SourceResult unknown(String problem) {
        return new SourceResult(Optional.empty(), List.of(problem));
    }

    /** There is nothing where the source points to. */
    static SourceResult nothing(String problem) {
        return of(List.of(), List.of(problem));
    }
}
