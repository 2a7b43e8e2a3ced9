package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** One wave as a bar: a line of text that a library renders. */
final class WaveBar {
    private static final int DRAWN_ONCE = Integer.MAX_VALUE;

    private WaveBar() {}

    /**
     * Draws the wave as the server has it now.
     *
     * @param nameWidth columns of the longest wave's name
     * @param columns of the whole line
     */
    static String draw(JsonNode wave, int nameWidth, int columns) {
        Line line = new Line(columns);
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName(
                                String.format("%-" + nameWidth + "s", Fields.text(wave, "name")))
                        .setInitialMax(wave.path("databases").asInt())
                        .startsFrom(finished(wave.path("counts")), elapsed(wave))
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(DRAWN_ONCE)
                        .setConsumer(line)
                        .hideEta()
                        .build();
        bar.setExtraMessage(" " + note(wave));
        // Closing is what makes the library render a bar that has not moved.
        bar.close();
        return line.text;
    }

    /** The databases of a wave that are finished, with whatever outcome. */
    static int finished(JsonNode counts) {
        int finished = 0;
        for (var each : counts.properties()) {
            switch (each.getKey()) {
                case "pending", "ordered", "running", "unreachable" -> {}
                default -> finished += each.getValue().asInt();
            }
        }
        return finished;
    }

    private static Duration elapsed(JsonNode wave) {
        if (!wave.hasNonNull("startedAt")) {
            return Duration.ZERO;
        }
        Instant end =
                wave.hasNonNull("settledAt")
                        ? Instant.parse(wave.path("settledAt").asText())
                        : Instant.now();
        Duration elapsed = Duration.between(Instant.parse(wave.path("startedAt").asText()), end);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private static String note(JsonNode wave) {
        JsonNode counts = wave.path("counts");
        int inFlight = counts.path("running").asInt() + counts.path("ordered").asInt();
        StringBuilder note = new StringBuilder(Fields.text(wave, "phase"));
        if (inFlight > 0) {
            note.append(", ").append(inFlight).append(" in flight");
        }
        if (wave.path("failed").asInt() > 0) {
            note.append(", ").append(wave.path("failed").asInt()).append(" failed (budget ");
            note.append(wave.path("failuresAllowed").asInt()).append(')');
        }
        return note.toString();
    }

    /** Keeps what the library renders, in place of printing it. */
    private static final class Line implements ProgressBarConsumer {
        private final int columns;
        private String text = "";

        Line(int columns) {
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns;
        }

        @Override
        public void accept(String rendered) {
            text = rendered;
        }

        @Override
        public void close() {}
    }
}
