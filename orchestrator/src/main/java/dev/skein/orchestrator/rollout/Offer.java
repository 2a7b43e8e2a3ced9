package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.DatabaseId;
import java.util.List;
import java.util.Optional;

/**
 * A verb that a rollout takes now.
 *
 * @param verb its label, such as {@code retry}
 * @param databases those it would be for; empty where it is for all it can be for, or for none
 * @param more how many others of the same kind it could be for as well
 * @param all whether it has to be told that it means all databases
 * @param digest what an approval names
 * @param repair what is repaired, for that verb
 */
public record Offer(
        String verb,
        List<DatabaseId> databases,
        int more,
        boolean all,
        Optional<String> digest,
        Optional<Repair> repair) {
    /** Copies the list. */
    public Offer {
        databases = List.copyOf(databases);
    }

    static Offer plain(Command command) {
        return of(command, List.of());
    }

    static Offer of(Command command, List<DatabaseId> databases) {
        return new Offer(command.label(), databases, 0, false, Optional.empty(), Optional.empty());
    }

    /** The same, of which so many more could be named. */
    Offer withMore(int others) {
        return new Offer(verb, databases, others, all, digest, repair);
    }

    Offer forAll() {
        return new Offer(verb, List.of(), 0, true, digest, repair);
    }

    Offer withDigest(String named) {
        return new Offer(verb, databases, more, all, Optional.of(named), repair);
    }

    Offer withRepair(Repair what) {
        return new Offer(verb, databases, more, all, digest, Optional.of(what));
    }
}
