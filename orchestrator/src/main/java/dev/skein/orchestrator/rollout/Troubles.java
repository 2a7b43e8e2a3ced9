package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.Trouble;

/** What went wrong with an order, in a sentence. */
final class Troubles {
    private Troubles() {}

    /** An agent's words for a step say which one, who blocked it and what comes next. */
    static String text(Trouble trouble) {
        String message = trouble.failure().message();
        return trouble.step().isPresent() ? message : message + attempt(trouble) + next(trouble);
    }

    private static String attempt(Trouble trouble) {
        if (trouble.attempt() == 0) {
            return "";
        }
        String max = trouble.attemptsMax() == 0 ? "" : " of " + trouble.attemptsMax();
        return ", attempt " + trouble.attempt() + max;
    }

    private static String next(Trouble trouble) {
        return trouble.retryIn().isZero()
                ? ""
                : ", next attempt in " + trouble.retryIn().toMillis() + " ms";
    }
}
