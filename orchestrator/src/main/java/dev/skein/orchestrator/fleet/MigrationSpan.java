package dev.skein.orchestrator.fleet;

/**
 * Which of its plan's migrations a rollout has run steps of in a database, told by the ends.
 *
 * @param first key of the first of them
 * @param last key of the last of them
 */
public record MigrationSpan(String first, String last) {
    static MigrationSpan of(String key) {
        return new MigrationSpan(key, key);
    }

    /** The same with one more, that came later. */
    MigrationSpan upTo(String key) {
        return key.equals(last) ? this : new MigrationSpan(first, key);
    }
}
