package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;

/** A new migration that was written from a difference, for a person. */
public final class DraftText {
    private DraftText() {}

    /** Its files, and what each direction loses. */
    public static String of(JsonNode draft) {
        if (draft.path("written").isEmpty()) {
            return "the schemas are the same; nothing is written";
        }
        StringBuilder text = new StringBuilder();
        draft.path("written").forEach(file -> line(text, "written " + Visible.of(file.asText())));
        losses(text, "up", draft.path("upLoses"));
        losses(text, "down", draft.path("downLoses"));
        return text.toString();
    }

    private static void losses(StringBuilder text, String direction, JsonNode losses) {
        if (!losses.isEmpty()) {
            line(text, direction + " loses:");
            losses.forEach(loss -> line(text, "  " + Visible.of(loss.asText())));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
