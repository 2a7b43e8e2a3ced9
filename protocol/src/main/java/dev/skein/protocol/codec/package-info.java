/**
 * How events become bytes: one JSON envelope, wire names, canonical JSON and its digest.
 *
 * <p>Wire names live here alone, so that a class can be renamed without touching the log. Events
 * grow by optional components and lists only: what an older version wrote lacks them, and what a
 * newer one added is passed over.
 *
 * <p>Example: {@code EventCodec.decode(EventCodec.encode(envelope))} is a {@link
 * dev.skein.protocol.codec.Decoded.Known} with an equal envelope.
 */
package dev.skein.protocol.codec;
