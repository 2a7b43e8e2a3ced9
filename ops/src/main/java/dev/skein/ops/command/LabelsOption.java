package dev.skein.ops.command;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Chooses databases by their labels. */
final class LabelsOption {
    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Only databases with this label; all then match. May be repeated.")
    private List<String> labels = List.of();

    /** Each as it was given, {@code key=value}. */
    List<String> texts() {
        return labels;
    }

    /**
     * The labels' values by key.
     *
     * @throws CommandFailed if one is not of the form {@code key=value}
     */
    SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>();
        for (String label : labels) {
            int separator = label.indexOf('=');
            if (separator < 1) {
                throw CommandFailed.usage("--label '" + label + "' is not of the form KEY=VALUE");
            }
            values.put(label.substring(0, separator), label.substring(separator + 1));
        }
        return values;
    }
}
