package dev.skein.agent.step;

import dev.skein.protocol.plan.Probe;

/** What can be known of a statement whose run was interrupted. */
enum Certainty {
    /** The catalogue tells. */
    CATALOGUE,
    /** It does not matter: the statement may run once more. */
    REPEATABLE,
    /** No single question tells; see {@link Inquest}. */
    NONE;

    private static final Of OF = new Of();

    static Certainty of(Probe probe) {
        return probe.accept(OF);
    }

    private static final class Of implements Probe.Visitor<Certainty> {
        @Override
        public Certainty on(Probe.IndexCreated probe) {
            return CATALOGUE;
        }

        @Override
        public Certainty on(Probe.IndexDropped probe) {
            return CATALOGUE;
        }

        @Override
        public Certainty on(Probe.IndexRebuilt probe) {
            return CATALOGUE;
        }

        @Override
        public Certainty on(Probe.PartitionDetached probe) {
            return CATALOGUE;
        }

        @Override
        public Certainty on(Probe.Harmless probe) {
            return REPEATABLE;
        }

        @Override
        public Certainty on(Probe.Undecidable probe) {
            return NONE;
        }
    }
}
