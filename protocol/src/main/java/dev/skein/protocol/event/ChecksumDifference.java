package dev.skein.protocol.event;

/**
 * A migration that was applied with another text than the plan has.
 *
 * @param migration its key
 * @param recorded the checksum in the version table
 * @param planned the plan's
 */
public record ChecksumDifference(String migration, String recorded, String planned) {}
