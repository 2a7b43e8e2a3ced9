package dev.skein.ops.trial;

import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.engine.postgres.version.VersionTables;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Plan;
import java.util.Optional;

/** The framework's version table in a scratch database. */
public final class Books {
    private static final String DEFAULT_SCHEMA = "public";
    private static final DatabaseId TARGET =
            new DatabaseId("scratch", "rehearsal", Optional.empty());
    private static final RolloutId NONE = new RolloutId("rehearsal");

    private Books() {}

    /** As an agent keeps it, for a target whose schema is {@code public}. */
    public static VersionTable of(Plan plan) {
        return VersionTables.of(plan, DEFAULT_SCHEMA, TARGET, NONE);
    }
}
