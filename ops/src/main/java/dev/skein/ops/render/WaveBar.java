package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** One wave as a bar: a line of text that a library renders. */
final class WaveBar {
    private static final int DRAWN_ONCE = Integer.MAX_VALUE;
    private static final int CELLS_MIN = 20;
    private static final char EDGE = '|';

    private WaveBar() {}

    /**
     * Draws the wave as the server has it now. What is to be said of it stands beside the bar where
     * there is room, else under it.
     *
     * @param nameWidth columns of the longest wave's name
     * @param columns of the whole line
     */
    static List<String> draw(JsonNode wave, int nameWidth, int columns) {
        String note = note(wave);
        String beside = bar(wave, " " + note, nameWidth, columns);
        if (cells(beside) >= CELLS_MIN) {
            return List.of(beside);
        }
        String margin = " ".repeat(nameWidth + 1);
        List<String> lines = new ArrayList<>(List.of(bar(wave, "", nameWidth, columns)));
        Wrapping.lines(note, columns - margin.length()).forEach(each -> lines.add(margin + each));
        return lines;
    }

    /** How many cells show what is done. */
    private static int cells(String line) {
        return line.lastIndexOf(EDGE) - line.indexOf(EDGE) - 1;
    }

    private static String bar(JsonNode wave, String note, int nameWidth, int columns) {
        Line line = new Line(columns);
        ProgressBar bar =
                new ProgressBarBuilder()
                        .setTaskName(
                                String.format(
                                        "%-" + nameWidth + "s",
                                        Table.shortened(Fields.text(wave, "name"), nameWidth)))
                        .setInitialMax(wave.path("databases").asInt())
                        .startsFrom(finished(wave.path("counts")), elapsed(wave))
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(DRAWN_ONCE)
                        .setConsumer(line)
                        .hideEta()
                        .build();
        bar.setExtraMessage(note);
        // Closing is what makes the library render a bar that has not moved.
        bar.close();
        return line.text;
    }

    /** The databases of a wave that are finished, with whatever outcome. */
    static int finished(JsonNode counts) {
        int finished = 0;
        for (var each : counts.properties()) {
            switch (each.getKey()) {
                case "pending", "ordered", "running", "paused", "unreachable" -> {}
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
        StringBuilder note = new StringBuilder(Fields.wavePhase(wave));
        if (inFlight > 0) {
            note.append(", ").append(inFlight).append(" in flight");
        }
        if (wave.path("notDoneInTime").asInt() > 0) {
            note.append(", ").append(wave.path("notDoneInTime").asInt());
            note.append(" not done by the deadline");
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
