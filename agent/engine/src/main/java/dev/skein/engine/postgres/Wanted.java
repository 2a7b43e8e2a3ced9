package dev.skein.engine.postgres;

/** What of an answer is of use to whoever sent the query. */
enum Wanted {
    /** All of it: the statements are Skein's own. */
    ALL,

    /** Up to two rows of a moderate size: enough to tell one from several. */
    ONE_ROW,

    /** How it ended, and how many statements succeeded. */
    END
}
