package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionHistory;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Flyway's rows, in rank order, folded into what is in the database now. */
final class FlywayFold {
    private static final String BASELINE_SUFFIX = "_BASELINE";

    private final List<VersionHistory.Applied> applied = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final SortedSet<String> takenBack = new TreeSet<>();
    private Optional<String> baseline = Optional.empty();

    private FlywayFold() {}

    static VersionHistory of(List<VersionRow> rows) {
        FlywayFold fold = new FlywayFold();
        rows.forEach(fold::take);
        return new VersionHistory(fold.applied, fold.failed, fold.baseline, fold.takenBack);
    }

    private void take(VersionRow row) {
        String key = key(row);
        if (!row.success()) {
            failed.add(key);
            return;
        }
        switch (row.type()) {
            // Rank 0: Flyway created the schema; no migration.
            case "SCHEMA" -> {}
            case "BASELINE" -> baseline = row.version();
            case "DELETE", "UNDO_SQL", "UNDO_JDBC", "UNDO_SCRIPT" -> {
                takenBack(key);
                // The row of a baseline that was taken back has its version and no mark of it.
                row.version().map(FlywayFold::baselineKey).ifPresent(this::takenBack);
            }
            default -> {
                // A repeatable migration has a row for each time it was applied: the last counts.
                remove(key);
                takenBack.remove(key);
                applied.add(new VersionHistory.Applied(key, row.version(), row.checksum()));
            }
        }
    }

    private static String key(VersionRow row) {
        return MigrationKey.of(kind(row), row.version().orElse(""), row.description());
    }

    private static MigrationKind kind(VersionRow row) {
        if (row.version().isEmpty()) {
            return MigrationKind.REPEATABLE;
        }
        return row.type().endsWith(BASELINE_SUFFIX)
                ? MigrationKind.BASELINE
                : MigrationKind.VERSIONED;
    }

    private static String baselineKey(String version) {
        return MigrationKey.of(MigrationKind.BASELINE, version, "");
    }

    private void takenBack(String key) {
        remove(key);
        takenBack.add(key);
    }

    private void remove(String key) {
        applied.removeIf(entry -> entry.key().equals(key));
    }
}
