package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Function;
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
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    void print(PrintWriter out, JsonNode data, Function<JsonNode, String> text) {
        out.println(
                format == Format.json ? data.toPrettyString() : text.apply(data).stripTrailing());
        out.flush();
    }
}
