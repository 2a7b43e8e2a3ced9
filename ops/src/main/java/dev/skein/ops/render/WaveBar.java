package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** The bar of one wave, rendered by a library and kept as a line of text. */
final class WaveBar implements AutoCloseable {
    private static final int REDRAWN_BY_CALLER = Integer.MAX_VALUE;

    private final Line line = new Line();
    private final ProgressBar bar;

    WaveBar(String name, int nameWidth, int databases) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName(String.format("%-" + nameWidth + "s", name))
                        .setInitialMax(databases)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis(REDRAWN_BY_CALLER)
                        .setConsumer(line)
                        .hideEta()
                        .build();
    }

    /** The wave as the server has it now, in so many columns. */
    String draw(JsonNode wave, int columns) {
        line.columns = columns;
        bar.maxHint(wave.path("databases").asInt());
        bar.stepTo(finished(wave.path("counts")));
        bar.setExtraMessage(" " + note(wave));
        bar.refresh();
        return line.text;
    }

    /** Databases that have come to an end in a wave, whichever it was. */
    static int finished(JsonNode counts) {
        int waiting = 0;
        int all = 0;
        for (var each : counts.properties()) {
            all += each.getValue().asInt();
            switch (each.getKey()) {
                case "pending", "ordered", "running", "unreachable" ->
                        waiting += each.getValue().asInt();
                default -> {}
            }
        }
        return all - waiting;
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

    @Override
    public void close() {
        bar.close();
    }

    /** Keeps what the library renders, in place of printing it. */
    private static final class Line implements ProgressBarConsumer {
        private int columns = 80;
        private String text = "";

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
