package dev.skein.ops.sim;

/**
 * A fresh log is put in the place of the one that the ledgers know, and everything is started
 * again. It holds the plans and nothing else.
 */
final class ReplacedLog {
    /** Longer than any statement, so that nothing of before still runs. */
    private static final long OUTAGE_MICROS = 15 * Agenda.SECOND;

    private final Site site;

    ReplacedLog(Site site) {
        this.site = site;
    }

    void happen() {
        site.halt(OUTAGE_MICROS);
        site.world().count("lost " + Loss.LOG.label());
        site.world().log().replace();
    }
}
