package dev.skein.protocol.log;

/** The broker refuses this, and will refuse it again until a person changes something. */
public final class LogRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was attempted, and the cause, which may be null. */
    public LogRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
