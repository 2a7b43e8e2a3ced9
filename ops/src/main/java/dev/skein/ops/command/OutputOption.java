package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.render.Columns;
import dev.skein.protocol.text.ControlCharacters;
import java.io.PrintWriter;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Text for people or JSON for programs, shared by all commands that print data. */
final class OutputOption {
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin private WidthOption width;

    /** Whether programs read it. */
    boolean isJson() {
        return format == Format.json;
    }

    /** Lines of the text that are wider than the terminal are broken between words. */
    void print(PrintWriter out, JsonNode data, Function<JsonNode, String> text) {
        printFitted(out, data, (shown, columns) -> columns.fit(text.apply(shown)));
    }

    /** The text keeps to the columns itself. */
    void printFitted(PrintWriter out, JsonNode data, BiFunction<JsonNode, Columns, String> text) {
        out.println(
                format == Format.json
                        ? ControlCharacters.escapedInJson(data.toPrettyString())
                        : text.apply(data, width.columns()).stripTrailing());
        out.flush();
    }
}
