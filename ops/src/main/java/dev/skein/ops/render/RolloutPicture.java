package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows a rollout as it changes; used by one thread. */
public interface RolloutPicture extends AutoCloseable {
    /** A picture that is redrawn in place in a terminal, or lines where there is none. */
    static RolloutPicture on(PrintWriter out) {
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

    /** Shows the answer of {@code GET /rollouts/ID}. */
    void show(JsonNode rollout);

    /** Says that the server does not answer at the moment. */
    void unreachable(URI server);

    @Override
    void close();
}
