package dev.skein.protocol.log;

/** The log holds what no version of Skein should have written, or lacks what was there: a fault. */
public final class LogCorrupt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the position, and the cause, which may be null. */
    public LogCorrupt(String message, Throwable cause) {
        super(message, cause);
    }
}
