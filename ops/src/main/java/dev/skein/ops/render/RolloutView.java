package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows a rollout as it changes; used by one thread. */
public interface RolloutView extends AutoCloseable {
    /** A picture redrawn in place in a terminal, or one line for each change without a terminal. */
    static RolloutView on(PrintWriter out) {
        if (System.console() == null) {
            return new RolloutLines(out);
        }
        try {
            Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
            boolean canRedraw = !Terminal.TYPE_DUMB.equals(terminal.getType());
            if (canRedraw) {
                return new RolloutScreen(terminal);
            }
            terminal.close();
        } catch (IOException noTerminal) {
            return new RolloutLines(out);
        }
        return new RolloutLines(out);
    }

    /** One line of JSON for each change, for programs. */
    static RolloutView json(PrintWriter out) {
        return new RolloutJsonLines(out);
    }

    /** Shows the answer of {@code GET /rollouts/ID}. */
    void show(JsonNode rollout);

    /** Says that the server does not answer at the moment. */
    void unreachable(URI server);

    /** Says what it waits for, that nobody but a person can do, and what a person can do. */
    void stuck(JsonNode rollout);

    @Override
    void close();
}
