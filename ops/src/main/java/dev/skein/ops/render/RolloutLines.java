package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A line for each change, for logs and pipes. */
final class RolloutLines implements RolloutView {
    private static final Set<String> IDLE = Set.of("waiting", "passed", "ended");

    private final PrintWriter out;
    private final Set<String> failuresSaid = new HashSet<>();
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
        say(summary(rollout), rollout);
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
