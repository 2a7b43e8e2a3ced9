package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** What an order would come to in one database, as far as its reports tell. */
public enum ForecastOutcome implements Labelled {
    /** It would run steps. */
    RUNS("runs"),
    /** The database is where it is to be. */
    NOTHING_TO_DO("nothing-to-do"),
    /** Nothing of what would be undone is there. */
    NOTHING_TO_UNDO("nothing-to-undo"),
    /** It would get no order, because something has to come first. */
    BLOCKED("blocked"),
    /** A migration without a down would be in the way. */
    IRREVERSIBLE("irreversible"),
    /** It would get no order, because there is no reason for one. */
    LEFT_OUT("left-out"),
    /** The reports do not tell; its agent reads the database before it runs anything. */
    UNKNOWN("unknown");

    private final String label;

    ForecastOutcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
