package dev.skein.protocol.strategy;

import dev.skein.protocol.Labelled;

/** What a rollback does about migrations that run whenever their text changes. */
public enum RepeatablePolicy implements Labelled {
    /** They are run again as they were before, where the log still has that text. */
    RESTORE("restore"),
    /** They stay as the rollout left them. */
    LEAVE("leave");

    private final String label;

    RepeatablePolicy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
