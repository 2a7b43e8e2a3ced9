package dev.skein.agent.step;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Probe;

/** What can be known of a statement whose run was interrupted. */
enum Certainty {
    /** The catalogue tells. */
    CATALOGUE,
    /** It does not matter: the statement may run once more. */
    REPEATABLE,
    /** Nothing tells. */
    NONE;

    private static final Of OF = new Of();

    static Certainty of(Probe probe) {
        return probe.accept(OF);
    }

    static StepFailure undecided() {
        return Journal.permanent(
                "undecided",
                "an earlier run was interrupted and nothing in the catalogue tells whether it took"
                        + " effect; take it back by hand if it did, then delete this step's row"
                        + " 'started' from skein.ledger in that database and retry");
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
