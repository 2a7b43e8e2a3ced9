package dev.skein.protocol.strategy;

import dev.skein.protocol.Labelled;

/** What happens to a database that is ahead of the plan: it has versions above the plan's last. */
public enum OnNewer implements Labelled {
    /** It fails before anything is run. */
    FAIL("fail"),
    /** What it has above the plan is left alone, and the plan is carried out as far as it lacks. */
    LEAVE("leave");

    private final String label;

    OnNewer(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
