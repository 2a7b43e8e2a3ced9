package dev.skein.ops.schema;

/** A schema cannot be read or compared; the message says which and why. */
public final class SchemaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
