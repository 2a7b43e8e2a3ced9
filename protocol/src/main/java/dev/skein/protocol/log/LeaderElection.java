package dev.skein.protocol.log;

import io.vertx.core.Future;

/** One process's candidacy for leading the fleet. */
public interface LeaderElection {
    /**
     * Withdraws; if it led, another candidate is elected at once. The candidate is told nothing
     * more. Never fails.
     */
    Future<Void> close();

    /** Told of the outcome, on the context that called {@link EventLog#standForElection}. */
    interface Candidate {
        /** It leads from now on; an exclusive writer fences the leader before it. */
        void elected();

        /** It leads no more. */
        void deposed();

        /**
         * Whether its lead is in doubt: nothing was heard of the broker for as long as it takes to
         * elect another one. It may still lead; what it writes tells.
         */
        default void doubted(boolean doubt) {}
    }
}
