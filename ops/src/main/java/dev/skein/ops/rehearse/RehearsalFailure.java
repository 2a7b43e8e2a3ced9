package dev.skein.ops.rehearse;

/** A plan did not run on a scratch database; the message says which step and why. */
public final class RehearsalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message for a person
     * @param cause what the server said, or null
     */
    public RehearsalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
