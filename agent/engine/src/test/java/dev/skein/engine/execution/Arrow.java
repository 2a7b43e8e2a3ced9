package dev.skein.engine.execution;

import java.util.Comparator;

/** That a phase follows on another by an event. */
record Arrow(ExecutionPhase from, ExecutionEvent.Kind event, ExecutionPhase to)
        implements Comparable<Arrow> {
    private static final Comparator<Arrow> ORDER =
            Comparator.comparing(Arrow::from).thenComparing(Arrow::event).thenComparing(Arrow::to);

    @Override
    public int compareTo(Arrow other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return from + " --" + event + "--> " + to;
    }
}
