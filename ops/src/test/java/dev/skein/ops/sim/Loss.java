package dev.skein.ops.sim;

/** What a run loses beside all other trouble, at a moment of its own choice. */
enum Loss {
    /** Log, ledgers and databases stay as they are. */
    NOTHING("nothing"),
    /** The log is put back to what a backup holds. */
    TAIL_OF_LOG("tail of the log"),
    /** A database is put back to an older dump of it. */
    SINCE_DUMP("since the dump"),
    /** A fresh log takes the place of the one that the ledgers know. */
    LOG("log");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Lets it happen once within this time; from dice of its own, so that the rest stays as is. */
    void within(long micros, Site site, Dice dice) {
        long when = dice.between(micros / 4, micros);
        switch (this) {
            case NOTHING -> {}
            case SINCE_DUMP -> site.in(when / 2, new OlderDump(site, dice)::happen);
            case LOG -> site.in(when, new ReplacedLog(site)::happen);
            case TAIL_OF_LOG -> site.in(when, new LostTail(site, dice)::happen);
        }
    }
}
