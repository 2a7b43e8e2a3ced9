package dev.skein.orchestrator.fleet;

/**
 * What an agent has confirmed about an order, beside how far it is.
 *
 * @param pauseSeen the highest number of a pause that it confirmed; 0 for none
 * @param stopped whether it confirmed an abort: it starts nothing more
 * @param unrecorded whether the order failed and the ledger does not say so: the agent may take it
 *     up again when it is started anew
 */
record ReportMarks(int pauseSeen, boolean stopped, boolean unrecorded) {
    static final ReportMarks NONE = new ReportMarks(0, false, false);

    ReportMarks paused(int pause) {
        return new ReportMarks(Math.max(pause, pauseSeen), stopped, unrecorded);
    }

    ReportMarks asStopped() {
        return new ReportMarks(pauseSeen, true, unrecorded);
    }

    ReportMarks recorded(boolean inLedger) {
        return new ReportMarks(pauseSeen, stopped, !inLedger);
    }
}
