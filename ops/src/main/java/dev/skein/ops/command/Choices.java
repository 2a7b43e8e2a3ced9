package dev.skein.ops.command;

import dev.skein.orchestrator.rollout.RolloutPhase;
import dev.skein.orchestrator.rollout.TargetState;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.plan.Framework;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** What there is to choose from, for the help of an option and for the completion of a shell. */
final class Choices {
    private Choices() {}

    private static <E extends Enum<E> & Labelled> List<String> labels(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Labelled::label).toList();
    }

    /** The frameworks whose migrations are read. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return labels(Framework.class).iterator();
        }
    }

    /** The phases of a rollout. */
    static final class Phases implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return labels(RolloutPhase.class).iterator();
        }
    }

    /** The states of a database in a rollout. */
    static final class States implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return labels(TargetState.class).iterator();
        }
    }

    /** The states of a database of the fleet, which may be in none. */
    static final class StatesOrNone implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> states = new ArrayList<>(labels(TargetState.class));
            states.add("none");
            return states.iterator();
        }
    }
}
