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

    /** Databases that nobody reaches may come back by themselves within this many looks. */
    private static final int STUCK_LOOKS = 20;

    private final SkeinClient client;
    private final PrintWriter out;

    private RolloutWatcher(SkeinClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    static RolloutWatcher of(SkeinClient client, PrintWriter out) {
        return new RolloutWatcher(client, out);
    }

    /** Until it ends, or nothing but a person can reach what it waits for. */
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
        try (RolloutView picture = RolloutView.on(out)) {
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

    /** A person who pauses or has to approve is at hand; what nobody reaches may wait for ever. */
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
