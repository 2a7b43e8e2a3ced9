package dev.skein.ops.command;

import dev.skein.ops.render.Columns;
import picocli.CommandLine.Option;

/** How wide tables with long names may be. */
final class WidthOption {
    @Option(
            names = "--wide",
            description =
                    "Print tables in full; else what does not fit into the terminal is shortened.")
    private boolean wide;

    Columns columns() {
        return wide ? Columns.unlimited() : Columns.ofTerminal();
    }
}
