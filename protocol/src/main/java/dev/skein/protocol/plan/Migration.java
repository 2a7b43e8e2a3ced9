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
 * @param down what takes it back, in the order of execution; absent where there is no way back
 */
public record Migration(
        MigrationKind kind,
        String version,
        String description,
        String script,
        Optional<String> checksum,
        List<Step> up,
        Optional<List<Step>> down) {
    private static final String REPEATABLE_PREFIX = "R:";

    /**
     * @throws IllegalArgumentException if a versioned migration has no version
     */
    public Migration {
        up = List.copyOf(up);
        down = down.map(List::copyOf);
        if (kind == MigrationKind.VERSIONED && version.isBlank()) {
            throw new IllegalArgumentException("versioned migration " + script + " has no version");
        }
    }

    /** What identifies the migration in its plan and in the ledger. */
    public String key() {
        return kind == MigrationKind.VERSIONED ? version : REPEATABLE_PREFIX + description;
    }
}
