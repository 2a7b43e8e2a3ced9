package dev.skein.protocol.codec;

/** What {@link EventCodec#decode} made of a record's bytes. */
public sealed interface Decoded {
    /** An event of a known type. */
    record Known(Envelope envelope) implements Decoded {}

    /** An event of a type this version does not know, whose author said that is no harm. */
    record Ignored(String type, String source, long sequence) implements Decoded {}
}
