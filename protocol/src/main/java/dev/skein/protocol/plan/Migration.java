package dev.skein.protocol.plan;

import java.util.List;
import java.util.Optional;

/**
 * One versioned change, with its framework's identity.
 *
 * @param kind once, or whenever its text changes
 * @param version the framework's version text; empty for a repeatable migration
 * @param description the framework's words for it; the identity of a repeatable migration
 * @param script the file it was read from, relative to its source's directory
 * @param checksum the framework's own checksum as its version table writes it; for plain SQL the
 *     SHA-256 of the file
 * @param up what applies it; at least one step, or none for an empty script
 * @param down what undoes it, in the order of execution; absent where it cannot be undone
 * @param parents keys of the migrations that it stands on, where the framework keeps a graph and no
 *     line; dependencies among them
 * @param equivalents other checksums under which the framework calls the same text unchanged;
 *     without a checksum, what alone counts as unchanged
 * @param generatedDown present if the down was not written by a person
 */
public record Migration(
        MigrationKind kind,
        String version,
        String description,
        String script,
        Optional<String> checksum,
        List<Step> up,
        Optional<List<Step>> down,
        Optional<List<String>> parents,
        Optional<List<String>> equivalents,
        Optional<GeneratedDown> generatedDown) {
    /**
     * @throws IllegalArgumentException if it needs a version and has none
     */
    public Migration {
        up = List.copyOf(up);
        down = down.map(List::copyOf);
        parents = parents.map(List::copyOf);
        equivalents = equivalents.map(List::copyOf);
        if (kind != MigrationKind.REPEATABLE && version.isBlank()) {
            throw new IllegalArgumentException(
                    kind.label() + " migration " + script + " has no version");
        }
    }

    /** A migration of a framework that keeps no graph, with the down that its author wrote. */
    public Migration(
            MigrationKind kind,
            String version,
            String description,
            String script,
            Optional<String> checksum,
            List<Step> up,
            Optional<List<Step>> down) {
        this(
                kind,
                version,
                description,
                script,
                checksum,
                up,
                down,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with a down made from a difference of schemas. */
    public Migration withDown(List<Step> steps, GeneratedDown generated) {
        return new Migration(
                kind,
                version,
                description,
                script,
                checksum,
                up,
                Optional.of(steps),
                parents,
                equivalents,
                Optional.of(generated));
    }

    /** Whether a version table that holds this checksum holds this migration unchanged. */
    public boolean isUnchangedAs(String recorded) {
        return checksum.filter(recorded::equals).isPresent()
                || equivalents.filter(each -> each.contains(recorded)).isPresent();
    }

    /** What identifies the migration in its plan and in the ledger. */
    public String key() {
        return MigrationKey.of(kind, version, description);
    }
}
