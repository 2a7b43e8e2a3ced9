package dev.skein.protocol.log;

/** The broker did not answer in time, or has no such record; the same call may succeed later. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    /** With what was attempted, and the cause. */
    public LogUnavailable(String message, Throwable cause) {
        this(message, cause, false);
    }

    private LogUnavailable(String message, Throwable cause, boolean missing) {
        super(message, cause);
        this.missing = missing;
    }

    /** The log was asked, and holds no record there. */
    public static LogUnavailable missing(Position position) {
        return new LogUnavailable("there is no record at " + position, null, true);
    }

    /** Whether the log has answered, and what was asked for is not in it. */
    public boolean isMissing() {
        return missing;
    }
}
