package dev.skein.ops.source.flyway;

/** What Flyway would do with a file, by its name alone. */
enum FlywayFileType {
    VERSIONED,
    REPEATABLE,
    UNDO,
    BASELINE,
    CALLBACK,

    /** The settings of one script, {@code V1__x.sql.conf}. */
    SCRIPT_SETTINGS,

    /** A migration in Java or a language beside it, or its compiled class. */
    JAVA,

    /** A migration in the language of a shell or in Python. */
    PROGRAM,

    /** Looks like a migration's name, but Flyway would pass the file over. */
    MALFORMED,

    /** Flyway would pass the file over. */
    OTHER
}
