package dev.skein.ops.rehearse;

/**
 * What a rehearsal has beside its scratch databases for what an agent has beside a fleet's.
 *
 * @param samples for the values that each database of a fleet has of its own
 * @param runners what carries out delegated steps
 */
public record RehearsalHost(SampleValues samples, ScratchRunners runners) {
    /** For plans of recorded steps alone. */
    public static RehearsalHost of(SampleValues samples) {
        return new RehearsalHost(samples, ScratchRunners.NONE);
    }
}
