package dev.skein.protocol.log;

import dev.skein.protocol.codec.Envelope;

/** An envelope on its way into a topic; its event names the key. */
public record Entry(Topic topic, Envelope envelope) {}
