package dev.skein.ops.source.flyway;

import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A migration in Java that Flyway itself is to run in each database.
 *
 * @param file as if it were a script: its version, its description, its class in Flyway's history
 * @param checksum what Flyway compares with its history; empty where the class has none, or
 *     computes it
 * @param equivalents what else stands for it there; absent where it computes its checksum
 * @param atomic whether nothing in its classes tells that it ends its transaction or uses another
 * @param digests SHA-256 of its classes, by their names on the class path
 * @param reason why it is delegated
 */
record FlywayProgram(
        FlywayFile file,
        Optional<String> checksum,
        Optional<List<String>> equivalents,
        boolean atomic,
        SortedMap<String, String> digests,
        String reason) {
    FlywayProgram {
        equivalents = equivalents.map(List::copyOf);
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * @throws IllegalArgumentException if a name is none that a plan can hold
     */
    DelegatedStep step(String runner) {
        return new DelegatedStep(
                runner,
                file.script(),
                Optional.empty(),
                true,
                atomic ? Atomicity.ATOMIC : Atomicity.NOT_ATOMIC,
                digests,
                reason);
    }
}
