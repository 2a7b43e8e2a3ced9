package dev.skein.ops.sim;

import dev.skein.protocol.id.DatabaseId;
import java.util.Set;
import java.util.TreeSet;

/** What everything in one run shares. */
final class World {
    private final Agenda agenda = new Agenda();
    private final Trace trace = new Trace();
    private final Auditor auditor = new Auditor();
    private final Dice dice;
    private final SimLog log;
    private final Set<DatabaseId> putBack = new TreeSet<>();
    private FaultMix faults;

    World(long seed) {
        dice = new Dice(seed);
        faults = FaultMix.draw(dice);
        log = new SimLog(this);
    }

    Agenda agenda() {
        return agenda;
    }

    Dice dice() {
        return dice;
    }

    SimLog log() {
        return log;
    }

    Auditor auditor() {
        return auditor;
    }

    FaultMix faults() {
        return faults;
    }

    void faultsOff() {
        faults = FaultMix.none();
    }

    /** A database that was put back to a dump is done anew, and its ledger numbers anew. */
    void putBack(DatabaseId database) {
        putBack.add(database);
    }

    boolean isPutBack(DatabaseId database) {
        return putBack.contains(database);
    }

    /** A message's way from one process to another. */
    long latency() {
        return dice.between(200, 5 * Agenda.MILLI);
    }

    void note(String what) {
        trace.add(agenda.micros(), what);
    }

    void count(String what) {
        trace.count(what);
    }

    Trace trace() {
        return trace;
    }
}
