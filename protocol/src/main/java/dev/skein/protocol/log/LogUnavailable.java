package dev.skein.protocol.log;

/** The broker did not answer in time; the same call may succeed later. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was attempted, and the cause. */
    public LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
