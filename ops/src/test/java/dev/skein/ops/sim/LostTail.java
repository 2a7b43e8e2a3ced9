package dev.skein.ops.sim;

import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.log.LogRecord;
import java.util.List;

/**
 * The machine with the log is lost; what a backup holds of it is put in its place, and everything
 * is started again. Databases and ledgers have gone on since the backup.
 */
final class LostTail {
    /** Longer than any statement, so that nothing of before still runs. */
    private static final long OUTAGE_MICROS = 15 * Agenda.SECOND;

    private final Site site;
    private final Dice dice;

    LostTail(Site site, Dice dice) {
        this.site = site;
        this.dice = dice;
    }

    void happen() {
        site.halt(OUTAGE_MICROS);
        List<LogRecord> all = site.world().log().records();
        int first = 0;
        while (first < all.size() && !isLed(all.get(first))) {
            first++;
        }
        if (first < all.size()) {
            site.world().count("lost " + Loss.TAIL_OF_LOG.label());
            site.world().log().restore((int) dice.between(first + 1, all.size()));
        }
    }

    /** A log has an identity from here on. */
    private static boolean isLed(LogRecord record) {
        return record.envelope().event() instanceof LeadershipTaken;
    }
}
