package dev.skein.ops.downs;

import dev.skein.protocol.plan.GeneratedDown;
import dev.skein.protocol.plan.Migration;
import java.util.Optional;

/**
 * The result for one migration that had no down.
 *
 * @param migration as it is now, with the generated down where there is one
 * @param reason why there is none; absent where there is one
 */
public record DownFinding(Migration migration, Optional<String> reason) {
    static DownFinding generated(Migration migration) {
        return new DownFinding(migration, Optional.empty());
    }

    static DownFinding none(Migration migration, String reason) {
        return new DownFinding(migration, Optional.of(reason));
    }

    /** Whether a down was generated. */
    public boolean isGenerated() {
        return reason.isEmpty();
    }

    /** The line for a person, with the losses on lines of their own. */
    public String describe() {
        String name = migration.key() + " (" + migration.script() + "): ";
        if (!isGenerated()) {
            return name + "no down, " + reason.orElseThrow();
        }
        StringBuilder text = new StringBuilder(name);
        GeneratedDown generated = migration.generatedDown().orElseThrow();
        text.append(generated.isLossy() ? "down generated; it loses:" : "down generated");
        generated.losses().forEach(loss -> text.append("\n    ").append(loss));
        return text.toString();
    }
}
