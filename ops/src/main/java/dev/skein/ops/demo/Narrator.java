package dev.skein.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.render.Columns;
import dev.skein.ops.render.RolloutText;
import java.io.PrintWriter;

/** What the demo tells the person in front of it. */
final class Narrator {
    private final PrintWriter out;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    /** A new chapter. */
    void chapter(String text) {
        out.println();
        out.println("== " + text);
        out.flush();
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    /** The command a person would have typed for what happens next. */
    void command(String text) {
        say("$ skein " + text);
    }

    void status(JsonNode rollout) {
        say(RolloutText.status(rollout, Columns.ofTerminal()).stripTrailing());
    }
}
