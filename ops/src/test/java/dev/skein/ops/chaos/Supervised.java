package dev.skein.ops.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One place for a process: what ends there is started again. Threads: one. */
final class Supervised {
    private final String name;
    private final Supplier<SkeinProcess> starting;
    private final List<String> ownEnds = new ArrayList<>();
    private SkeinProcess process;

    Supervised(String name, Supplier<SkeinProcess> starting) {
        this.name = name;
        this.starting = starting;
        process = starting.get();
    }

    String name() {
        return name;
    }

    /** Where it answers, if it is an orchestrator that has come so far. */
    Optional<String> url() {
        return process.said("orchestrator answers at ");
    }

    /** SIGKILL, and the next one starts. */
    void killAndStart() {
        if (process.alive()) {
            process.kill();
        } else {
            ownEnds.add(name + ":\n" + process.lastWords());
        }
        process = starting.get();
    }

    /** Stands still for as long as that takes, and goes on as if nothing had been. */
    void freeze(Runnable meanwhile) {
        process.signal("STOP");
        meanwhile.run();
        process.signal("CONT");
    }

    /** Starts it if it has ended by itself. */
    void ensureAlive() {
        if (!process.alive()) {
            killAndStart();
        }
    }

    /** What each that ended by itself said at last. */
    List<String> ownEnds() {
        return List.copyOf(ownEnds);
    }

    void stop() {
        process.stop();
    }
}
