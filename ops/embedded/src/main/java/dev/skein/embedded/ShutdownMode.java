package dev.skein.embedded;

/** How PostgreSQL is told to stop (PostgreSQL manual, chapter "Shutting Down the Server"). */
public enum ShutdownMode {
    /** Rolls back what runs, cuts every connection, writes a checkpoint. */
    FAST("fast"),
    /** Ends at once like a crash; the next start recovers from the write-ahead log. */
    IMMEDIATE("immediate");

    private final String argument;

    ShutdownMode(String argument) {
        this.argument = argument;
    }

    String argument() {
        return argument;
    }
}
