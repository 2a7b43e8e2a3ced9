package dev.skein.protocol.event;

/**
 * How far one order has come in one database.
 *
 * @param stepsDone 0 to stepsTotal
 * @param stepsTotal steps of the order in this database, those found done counted in
 */
public record Progress(int stepsDone, int stepsTotal) {
    /**
     * @throws IllegalArgumentException if not 0 ≤ stepsDone ≤ stepsTotal
     */
    public Progress {
        if (stepsDone < 0 || stepsDone > stepsTotal) {
            throw new IllegalArgumentException("progress " + stepsDone + "/" + stepsTotal);
        }
    }

    @Override
    public String toString() {
        return stepsDone + "/" + stepsTotal;
    }
}
