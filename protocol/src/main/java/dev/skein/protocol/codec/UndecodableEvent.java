package dev.skein.protocol.codec;

/**
 * A record that this version cannot read and may not pass over: a fault, the reader has to stop.
 */
public final class UndecodableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UndecodableEvent(String message, Throwable cause) {
        super(message, cause);
    }

    static UndecodableEvent unknownType(String type, String source, long sequence) {
        return new UndecodableEvent(
                describe(type, source, sequence)
                        + " is of a type this version does not know and must not be passed over;"
                        + " run the version that wrote it, or a newer one",
                null);
    }

    static UndecodableEvent malformed(String type, String source, long sequence, MalformedJson e) {
        return new UndecodableEvent(
                describe(type, source, sequence) + " cannot be decoded: " + e.getMessage(), e);
    }

    static UndecodableEvent noEnvelope(MalformedJson e) {
        return new UndecodableEvent("the record is no event envelope: " + e.getMessage(), e);
    }

    private static String describe(String type, String source, long sequence) {
        return "event '" + type + "' of source '" + source + "', sequence " + sequence + ",";
    }
}
