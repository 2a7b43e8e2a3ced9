package dev.skein.protocol.plan;

import dev.skein.protocol.Labelled;

/** What becomes of a migration that is missing in a database below one that is applied there. */
public enum GapRule implements Labelled {
    /** The database is refused: a person has to look. */
    REFUSED("refused"),
    /** The missing migration is applied, as the framework itself would do. */
    FILLED("filled");

    private final String label;

    GapRule(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
