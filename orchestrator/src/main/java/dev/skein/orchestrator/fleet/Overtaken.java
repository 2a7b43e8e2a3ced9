package dev.skein.orchestrator.fleet;

import java.util.Optional;

/**
 * What agents say of an order that the database's ledger has left behind.
 *
 * <p>Such an order may be one that a newer order has replaced; then nobody asks for this. Or it is
 * the newest of a log that was restored from a backup, or of another log than the ledger knows;
 * then this is all that will ever be said about it.
 *
 * @param report on the order of the highest epoch among them
 * @param ledgerEpoch the highest epoch that a ledger was said to hold; 0 where none was
 */
public record Overtaken(Optional<OrderReport> report, long ledgerEpoch) {
    private static final Overtaken NONE = new Overtaken(Optional.empty(), 0);

    /** Nothing was said. */
    static Overtaken none() {
        return NONE;
    }

    Overtaken with(OrderReport next) {
        return new Overtaken(Optional.of(next), ledgerEpoch);
    }

    Overtaken with(long epoch) {
        return epoch <= ledgerEpoch ? this : new Overtaken(report, epoch);
    }
}
