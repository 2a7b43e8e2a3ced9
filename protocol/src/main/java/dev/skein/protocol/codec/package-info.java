/**
 * How events become bytes: one JSON envelope, wire names, canonical JSON and its digest.
 *
 * <p>Wire names live here alone, so that a class can be renamed without touching the log.
 */
package dev.skein.protocol.codec;
