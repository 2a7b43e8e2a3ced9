package dev.skein.orchestrator.http;

import dev.skein.protocol.Labelled;

/** What a person may ask of a rollout that exists. */
enum Verb implements Labelled {
    APPROVE("approve"),
    PAUSE("pause"),
    RESUME("resume"),
    PROMOTE("promote"),
    RETRY("retry"),
    REPAIR("repair"),
    SKIP("skip"),
    ABORT("abort"),
    ROLLBACK("rollback");

    private final String label;

    Verb(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
