package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;
import java.util.Optional;

/** What a person asks an order to repair in a database before it continues. */
public enum Repair implements Labelled {
    /**
     * What a failure left in the framework's version table or lock: a failed or unfinished row, a
     * lock whose holder has gone. What the version table lacks is then not in the database,
     * whatever the ledger says.
     */
    BOOKS("books"),
    /** The interrupted step, of which it is not known what it did: it took effect. */
    STEP_DONE("step-done"),
    /** The interrupted step, of which it is not known what it did: it left nothing behind. */
    STEP_NOT_DONE("step-not-done"),
    /** The ledger obeys another log: it is taken into this one, with all that it reports. */
    LEDGER("ledger");

    private final String label;

    Repair(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Such as {@code " after a repair (books)"}; nothing where nothing is repaired. */
    static String mention(Optional<Repair> repair) {
        return repair.map(each -> " after a repair (" + each.label() + ")").orElse("");
    }
}
