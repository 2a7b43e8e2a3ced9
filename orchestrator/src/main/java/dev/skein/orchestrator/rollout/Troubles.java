package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.Trouble;
import dev.skein.protocol.event.Blocker;
import java.util.stream.Collectors;

/** What went wrong with an order, in a sentence. */
final class Troubles {
    private Troubles() {}

    static String text(Trouble trouble) {
        return step(trouble)
                + trouble.failure().message()
                + blockers(trouble)
                + attempt(trouble)
                + next(trouble);
    }

    private static String step(Trouble trouble) {
        return trouble.step()
                .map(step -> "step " + (step.index() + 1) + " of " + step.migration() + ": ")
                .orElse("");
    }

    private static String blockers(Trouble trouble) {
        if (trouble.failure().blockers().isEmpty()) {
            return "";
        }
        return trouble.failure().blockers().stream()
                .map(Troubles::name)
                .collect(Collectors.joining(", ", "; lock held by ", ""));
    }

    private static String name(Blocker blocker) {
        String application = blocker.application().isEmpty() ? "" : " " + blocker.application();
        return "pid " + blocker.pid() + application;
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
