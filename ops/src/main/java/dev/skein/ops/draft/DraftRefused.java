package dev.skein.ops.draft;

/** A draft that does not fit into its directory; the message says why and what to do. */
public final class DraftRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DraftRefused(String message) {
        super(message);
    }
}
