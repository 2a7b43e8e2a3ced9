package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A line for each change, for logs and pipes. */
final class RolloutLines implements RolloutView {
    private static final Set<String> IDLE = Set.of("waiting", "passed", "ended");

    private final PrintWriter out;
    private final Set<String> failuresSaid = new HashSet<>();
    private Map<String, String> runs = Map.of();
    private String last = "";

    RolloutLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(JsonNode rollout) {
        for (JsonNode failure : rollout.path("failures")) {
            String text =
                    Fields.text(failure, "database")
                            + " "
                            + Fields.text(failure, "state")
                            + ": "
                            + Fields.text(failure, "reason");
            if (failuresSaid.add(text)) {
                say(text);
            }
        }
        sayRuns(rollout);
        say(summary(rollout), rollout);
    }

    /** What a program printed last, each time that is another line. */
    private void sayRuns(JsonNode rollout) {
        Map<String, String> now = new TreeMap<>();
        for (JsonNode run : rollout.path("runs")) {
            String text = RolloutText.run(run);
            String database = Fields.text(run, "database");
            now.put(database, text);
            if (!text.equals(runs.get(database))) {
                say(database + " runs " + text);
            }
        }
        runs = now;
    }

    private static String summary(JsonNode rollout) {
        String detail = Visible.of(rollout.path("detail").asText(""));
        return Fields.text(rollout, "phase")
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ", "
                + Fields.counts(rollout.path("counts"))
                + waveRunning(rollout.path("waves"));
    }

    private static String waveRunning(JsonNode waves) {
        for (JsonNode wave : waves) {
            String phase = Fields.text(wave, "phase");
            if (!IDLE.contains(phase)) {
                return ", wave " + Fields.text(wave, "name") + " " + Fields.wavePhase(wave);
            }
        }
        return "";
    }

    private void say(String text, JsonNode rollout) {
        if (!text.equals(last)) {
            last = text;
            say(Fields.text(rollout, "id") + " " + text);
        }
    }

    @Override
    public void unreachable(URI server) {
        String text = "no answer from " + server + ", waiting for it";
        if (!text.equals(last)) {
            last = text;
            say(text);
        }
    }

    @Override
    public void stuck(JsonNode rollout) {
        say(Fields.text(rollout, "id") + " goes on no more by itself");
        out.print(RolloutText.heldUp(rollout) + NextText.of(rollout));
        out.flush();
    }

    private void say(String text) {
        out.println(Fields.time(Instant.now()) + " " + text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
