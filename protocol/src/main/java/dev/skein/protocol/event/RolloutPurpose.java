package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;

/** What a rollout is for. */
public enum RolloutPurpose implements Labelled {
    /** It carries its plan to its databases. */
    MIGRATE("migrate"),
    /** It reads how far its databases are, and writes nothing to them. */
    SURVEY("survey"),
    /** It notes in its databases that they belong to the fleet, and changes nothing else. */
    ADOPT("adopt");

    private final String label;

    RolloutPurpose(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** What it orders of a database that is to go forward. */
    public OrderKind forward() {
        return switch (this) {
            case MIGRATE -> OrderKind.APPLY;
            case SURVEY -> OrderKind.SURVEY;
            case ADOPT -> OrderKind.ADOPT;
        };
    }
}
