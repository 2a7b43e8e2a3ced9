package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Asks what a command would lead to. */
final class DryRunOption {
    @Option(
            names = "--dry-run",
            description = {
                "Only say which database would run what, told from what agents have reported;",
                "nothing is published or ordered. What would be refused is refused."
            })
    private boolean asked;

    boolean isAsked() {
        return asked;
    }

    void putInto(ObjectNode body) {
        if (asked) {
            body.put("dryRun", true);
        }
    }
}
