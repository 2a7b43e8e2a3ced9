package dev.skein.protocol.event;

import dev.skein.protocol.Labelled;
import java.util.Optional;

/** What a person asks an order to mend in a database before it goes on. */
public enum Repair implements Labelled {
    /**
     * The half-done state of the framework's books: a failed or unfinished row, a lock that nobody
     * holds any more. What the books lack is then not in the database, whatever the ledger says.
     */
    BOOKS("books"),
    /** The interrupted step of which nobody can tell: it took effect. */
    STEP_DONE("step-done"),
    /** The interrupted step of which nobody can tell: it left nothing behind. */
    STEP_NOT_DONE("step-not-done");

    private final String label;

    Repair(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Such as {@code " after a repair (books)"}; nothing where nothing is mended. */
    static String mention(Optional<Repair> repair) {
        return repair.map(each -> " after a repair (" + each.label() + ")").orElse("");
    }
}
