package dev.skein.engine.execution;

/**
 * Whether the next step of an order may start; asked before each step and while waiting.
 *
 * @param kind the answer
 * @param pause the number of the pause where the answer is {@link Kind#PAUSED}, else 0
 * @param doubt whether somebody else may still be executing an earlier order of the same rollout;
 *     only the database can tell, so a paused order first takes the lock and raises the epoch, and
 *     ends then
 */
public record Permit(Kind kind, int pause, boolean doubt) {
    /** What an order may do. */
    public enum Kind {
        /** The step may start. */
        GO,
        /** The rollout is paused. */
        PAUSED,
        /** The rollout was aborted: the order ends here. */
        STOPPED,
        /** A newer order of the same database exists: this one ends without a report. */
        SUPERSEDED
    }

    /**
     * @throws IllegalArgumentException if a pause has no number, or another answer has one
     */
    public Permit {
        if ((kind == Kind.PAUSED) != (pause > 0)) {
            throw new IllegalArgumentException(kind + " with pause " + pause);
        }
    }

    /** The step may start. */
    public static Permit go() {
        return new Permit(Kind.GO, 0, false);
    }

    /** The rollout is paused, by the pause of that number (from 1). */
    public static Permit paused(int pause) {
        return new Permit(Kind.PAUSED, pause, false);
    }

    /** The rollout was aborted. */
    public static Permit stopped() {
        return new Permit(Kind.STOPPED, 0, false);
    }

    /** A newer order is there. */
    public static Permit superseded() {
        return new Permit(Kind.SUPERSEDED, 0, false);
    }

    /** The same answer where somebody else may still be running. */
    public Permit inDoubt(boolean whether) {
        return new Permit(kind, pause, whether);
    }
}
