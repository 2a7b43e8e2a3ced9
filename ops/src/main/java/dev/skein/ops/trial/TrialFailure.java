package dev.skein.ops.trial;

/** A step did not run on a scratch database; the message says which one and why. */
public final class TrialFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message for a person
     * @param cause what the server said, or null
     */
    public TrialFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
