package dev.skein.protocol.log;

/** A newer writer of the same name took over: this process must stop writing, for good. */
public final class LogFenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was attempted, and the cause. */
    public LogFenced(String message, Throwable cause) {
        super(message, cause);
    }
}
