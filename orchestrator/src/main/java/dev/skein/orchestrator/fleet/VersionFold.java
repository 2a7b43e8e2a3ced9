package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepSucceeded;
import java.util.Optional;

/** What an event says about a database's version. */
final class VersionFold {
    private VersionFold() {}

    static Optional<String> apply(Optional<String> before, StepEvent event) {
        if (event instanceof OrderAccepted accepted) {
            return accepted.version();
        }
        if (event instanceof DatabaseApplied applied) {
            return orNone(applied.version());
        }
        if (event instanceof StepSucceeded step) {
            return step.version().map(VersionFold::orNone).orElse(before);
        }
        if (event instanceof DatabaseRolledBack back) {
            return back.version();
        }
        if (event instanceof DatabaseAdopted adopted) {
            return adopted.findings().version();
        }
        if (event instanceof DatabaseSurveyed surveyed) {
            // One that reads none may have looked for another framework's table.
            return surveyed.findings().version().or(() -> before);
        }
        return before;
    }

    private static Optional<String> orNone(String version) {
        return Optional.of(version).filter(text -> !text.isEmpty());
    }
}
