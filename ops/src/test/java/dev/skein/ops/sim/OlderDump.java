package dev.skein.ops.sim;

import java.util.List;

/**
 * One database is put back to an older dump of it: schema, version table and ledger as of then. The
 * log knows nothing of that.
 */
final class OlderDump {
    private static final long LATER_MICROS = 30 * Agenda.SECOND;
    private static final long AGAIN_MICROS = 100 * Agenda.MILLI;

    private final Site site;
    private final Dice dice;

    OlderDump(Site site, Dice dice) {
        this.site = site;
        this.dice = dice;
    }

    /** Dumps one now and puts it back some time later. */
    void happen() {
        List<SimDatabase> idle =
                site.servers().all().stream().filter(each -> each.holder().isEmpty()).toList();
        if (idle.isEmpty()) {
            site.in(AGAIN_MICROS, this::happen);
            return;
        }
        SimDatabase database = dice.pick(idle);
        SimDatabase.Dump dump = database.dump();
        site.in(dice.between(0, LATER_MICROS), () -> restore(database, dump));
    }

    /** Nobody restores a database in which somebody is at work. */
    private void restore(SimDatabase database, SimDatabase.Dump dump) {
        if (database.holder().isPresent()) {
            site.in(AGAIN_MICROS, () -> restore(database, dump));
            return;
        }
        site.world().note(database.id() + " is put back to a dump");
        site.world().count("lost " + Loss.SINCE_DUMP.label());
        site.world().putBack(database.id());
        database.restore(dump);
    }
}
