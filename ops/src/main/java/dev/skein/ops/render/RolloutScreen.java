package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** The live picture of a rollout: waves as bars, failures with reasons, rate and estimated end. */
final class RolloutScreen implements RolloutView {
    private static final int COLUMNS_DEFAULT = 100;
    private static final int ROWS_DEFAULT = 40;

    /** The longest name takes at most this part of a line. */
    private static final int NAME_SHARE = 4;

    private final Terminal terminal;
    private final Display display;
    private final RolloutRate pace = new RolloutRate();
    private List<AttributedString> shown = List.of();

    RolloutScreen(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, false);
    }

    @Override
    public void show(JsonNode rollout) {
        int columns = columns() - 1;
        int nameWidth = Math.min(nameWidth(rollout), columns / NAME_SHARE);
        Columns wide = Columns.of(columns);
        List<String> lines = new ArrayList<>();
        add(lines, wide.fit(RolloutText.head(rollout)));
        lines.add(pace.line(rollout));
        lines.add("");
        rollout.path("waves").forEach(wave -> lines.addAll(WaveBar.draw(wave, nameWidth, columns)));
        add(lines, wide.fit(RolloutText.runs(rollout)));
        add(lines, wide.fit(RolloutText.failures(rollout)));
        add(lines, wide.fit(RolloutText.heldUp(rollout)));
        add(lines, wide.fit(RolloutText.halfDone(rollout)));
        add(lines, wide.fit(NextText.of(rollout)));
        draw(lines, columns);
    }

    private static void add(List<String> lines, String text) {
        text.lines().forEach(lines::add);
    }

    private static int nameWidth(JsonNode rollout) {
        int width = 1;
        for (JsonNode wave : rollout.path("waves")) {
            width = Math.max(width, Fields.text(wave, "name").length());
        }
        return width;
    }

    private int columns() {
        return terminal.getWidth() > 0 ? terminal.getWidth() : COLUMNS_DEFAULT;
    }

    private void draw(List<String> lines, int columns) {
        int rows = terminal.getHeight() > 0 ? terminal.getHeight() : ROWS_DEFAULT;
        display.resize(rows, columns + 1);
        shown =
                lines.stream()
                        .limit(rows - 1L)
                        .map(line -> new AttributedString(line).columnSubSequence(0, columns))
                        .toList();
        display.update(shown, -1);
    }

    @Override
    public void unreachable(URI server) {
        List<AttributedString> lines = new ArrayList<>(shown);
        lines.add(new AttributedString("no answer from " + server + ", waiting for it"));
        display.update(lines, -1);
    }

    /** The last picture shows it, and stays. */
    @Override
    public void stuck(JsonNode rollout) {
        show(rollout);
    }

    @Override
    public void close() {
        terminal.writer().println();
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
