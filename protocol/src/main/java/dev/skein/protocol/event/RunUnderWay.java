package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import java.util.Optional;

/**
 * A program that carries out a delegated step at this moment.
 *
 * @param runner its name in the agent's file
 * @param migration as the plan calls it
 * @param printed its last line: redacted, at most 200 characters; absent where it printed nothing
 */
public record RunUnderWay(
        DatabaseId database, String runner, String migration, Optional<String> printed) {
    /** In a few words. */
    public String words() {
        return "runner '"
                + runner
                + "' runs "
                + migration
                + printed.map(line -> ", which printed: " + line).orElse("");
    }
}
