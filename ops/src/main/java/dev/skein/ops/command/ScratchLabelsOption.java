package dev.skein.ops.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Labels of the scratch database, for plans whose scripts hold a database's labels. */
final class ScratchLabelsOption {
    @Option(
            names = "--scratch-label",
            paramLabel = "NAME=VALUE",
            description = "A label's value in the scratch database; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    /** What it was called when --label did not yet choose databases everywhere. */
    @Option(names = "--label", paramLabel = "NAME=VALUE", hidden = true)
    private Map<String, String> before = new LinkedHashMap<>();

    Map<String, String> values() {
        Map<String, String> all = new LinkedHashMap<>(before);
        all.putAll(labels);
        return all;
    }
}
