package dev.skein.ops.source.record;

/**
 * How a program ended.
 *
 * @param exitCode its own; that of a killed process where it was silent for too long
 * @param silent whether it was ended because it wrote nothing for too long
 * @param said the end of what it wrote to its standard streams, for a person
 */
public record RecorderResult(int exitCode, boolean silent, String said) {}
