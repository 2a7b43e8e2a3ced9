package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.OrderFailure;

/** What went wrong with an order, in a sentence. */
final class FailureText {
    private FailureText() {}

    /** An agent's words for a step say which one, who blocked it and what comes next. */
    static String text(OrderFailure failure) {
        String message = failure.failure().inFull();
        return failure.step().isPresent() ? message : message + attempt(failure) + next(failure);
    }

    private static String attempt(OrderFailure failure) {
        if (failure.attempt() == 0) {
            return "";
        }
        String max = failure.attemptsMax() == 0 ? "" : " of " + failure.attemptsMax();
        return ", attempt " + failure.attempt() + max;
    }

    private static String next(OrderFailure failure) {
        return failure.retryIn().isZero()
                ? ""
                : ", next attempt in " + failure.retryIn().toMillis() + " ms";
    }
}
