package dev.skein.engine.execution;

import dev.skein.protocol.plan.Probe;

/** How it is found out whether a statement whose run was interrupted took effect. */
enum ProbeKind {
    /** The catalogue tells. */
    CATALOGUE,
    /** It does not matter: the statement may run once more. */
    REPEATABLE,
    /** No single question tells; see {@link InDoubtResolver}. */
    NONE;

    private static final Of OF = new Of();

    static ProbeKind of(Probe probe) {
        return probe.accept(OF);
    }

    private static final class Of implements Probe.Visitor<ProbeKind> {
        @Override
        public ProbeKind on(Probe.IndexCreated probe) {
            return CATALOGUE;
        }

        @Override
        public ProbeKind on(Probe.IndexDropped probe) {
            return CATALOGUE;
        }

        @Override
        public ProbeKind on(Probe.IndexRebuilt probe) {
            return CATALOGUE;
        }

        @Override
        public ProbeKind on(Probe.PartitionDetached probe) {
            return CATALOGUE;
        }

        @Override
        public ProbeKind on(Probe.Harmless probe) {
            return REPEATABLE;
        }

        @Override
        public ProbeKind on(Probe.Undecidable probe) {
            return NONE;
        }
    }
}
