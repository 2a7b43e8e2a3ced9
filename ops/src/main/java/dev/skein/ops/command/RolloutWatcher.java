package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.client.ServerUnreachable;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.RolloutView;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/** Polls a rollout and shows it until it ends. */
final class RolloutWatcher {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Set<String> ENDED = Set.of("completed", "rolled-back", "aborted");
    private static final Set<String> ENDED_WELL = Set.of("completed", "rolled-back");
    private static final Set<String> WAITING = Set.of("paused", "awaiting-approval");

    /** Databases that no agent announces may come back within this many looks. */
    private static final int STUCK_LOOKS = 20;

    private final SkeinClient client;
    private final PrintWriter out;

    private final boolean json;

    private RolloutWatcher(SkeinClient client, boolean json, PrintWriter out) {
        this.client = client;
        this.json = json;
        this.out = out;
    }

    static RolloutWatcher of(SkeinClient client, PrintWriter out) {
        return of(client, false, out);
    }

    /**
     * Watches for a person or a program.
     *
     * @param json whether each change is a line of JSON
     */
    static RolloutWatcher of(SkeinClient client, boolean json, PrintWriter out) {
        return new RolloutWatcher(client, json, out);
    }

    private RolloutView view() {
        return json ? RolloutView.json(out) : RolloutView.on(out);
    }

    /** Until it ends, or waits for nothing but databases that no agent announces. */
    int untilItEnds(String rollout) {
        return until(rollout, ENDED::contains);
    }

    int untilItNeedsAPerson(String rollout) {
        return until(rollout, phase -> ENDED.contains(phase) || WAITING.contains(phase));
    }

    private int until(String rollout, Predicate<String> end) {
        int stuck = 0;
        String path = "/rollouts/" + Paths.part(rollout);
        JsonNode shown = client.get(path);
        try (RolloutView picture = view()) {
            picture.show(shown);
            while (!end.test(shown.path("phase").asText()) && stuck < STUCK_LOOKS) {
                Thread.sleep(INTERVAL.toMillis());
                shown = next(picture, path, shown);
                stuck = isStuck(shown) ? stuck + 1 : 0;
            }
            if (stuck == STUCK_LOOKS) {
                picture.stuck(shown);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
        boolean well = ENDED_WELL.contains(shown.path("phase").asText());
        int failed = shown.path("failuresTotal").asInt() + shown.path("failedBeforeTotal").asInt();
        return well && failed == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /**
     * A person who pauses or has to approve is at hand; what is gone may be waited for for ever.
     */
    private static boolean isStuck(JsonNode shown) {
        return shown.path("needsPerson").asBoolean()
                && !WAITING.contains(shown.path("phase").asText());
    }

    /** Waits for a server that restarts: the rollout goes on meanwhile. */
    private JsonNode next(RolloutView picture, String path, JsonNode last) {
        try {
            JsonNode shown = client.get(path);
            picture.show(shown);
            return shown;
        } catch (ServerUnreachable away) {
            picture.unreachable(client.server());
            return last;
        }
    }
}
