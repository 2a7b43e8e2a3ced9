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

    private final SkeinClient client;
    private final PrintWriter out;

    private RolloutWatcher(SkeinClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    static RolloutWatcher of(SkeinClient client, PrintWriter out) {
        return new RolloutWatcher(client, out);
    }

    int untilItEnds(String rollout) {
        return until(rollout, phase -> ENDED.contains(phase));
    }

    int untilItNeedsAPerson(String rollout) {
        return until(rollout, phase -> ENDED.contains(phase) || WAITING.contains(phase));
    }

    private int until(String rollout, Predicate<String> end) {
        String path = "/rollouts/" + Paths.part(rollout);
        JsonNode shown = client.get(path);
        try (RolloutView picture = RolloutView.on(out)) {
            picture.show(shown);
            while (!end.test(shown.path("phase").asText())) {
                Thread.sleep(INTERVAL.toMillis());
                shown = next(picture, path, shown);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
        boolean well = ENDED_WELL.contains(shown.path("phase").asText());
        return well && shown.path("failuresTotal").asInt() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
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
