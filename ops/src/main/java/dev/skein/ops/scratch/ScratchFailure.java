package dev.skein.ops.scratch;

/** A scratch database cannot be had; the message says why, for a person. */
public final class ScratchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScratchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
