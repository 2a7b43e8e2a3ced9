package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skein.protocol.text.ControlCharacters;
import java.io.PrintWriter;
import java.net.URI;

/** The rollout as JSON, in one line, whenever it has changed. */
final class RolloutJsonLines implements RolloutView {
    private final PrintWriter out;
    private JsonNode last = JsonNodeFactory.instance.missingNode();

    RolloutJsonLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(JsonNode rollout) {
        say(rollout);
    }

    @Override
    public void unreachable(URI server) {
        say(JsonNodeFactory.instance.objectNode().put("unreachable", server.toString()));
    }

    /** The line that was printed last says what it waits for. */
    @Override
    public void stuck(JsonNode rollout) {
        say(rollout);
    }

    private void say(JsonNode line) {
        if (!line.equals(last)) {
            last = line;
            out.println(ControlCharacters.escapedInJson(line.toString()));
            out.flush();
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
