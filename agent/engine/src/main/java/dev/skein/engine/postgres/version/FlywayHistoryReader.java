package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionHistory;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Flyway's rows, in rank order, read into what is in the database now. */
final class FlywayHistoryReader {
    private static final String BASELINE_SUFFIX = "_BASELINE";

    private static final String PROGRAM = "JDBC";

    private final List<VersionHistory.Applied> applied = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final SortedSet<String> undone = new TreeSet<>();
    private Optional<String> baseline = Optional.empty();

    private FlywayHistoryReader() {}

    static VersionHistory of(List<VersionRow> rows) {
        FlywayHistoryReader reader = new FlywayHistoryReader();
        rows.forEach(reader::take);
        return new VersionHistory(reader.applied, reader.failed, reader.baseline, reader.undone);
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
                undone(key);
                // The row that undoes a baseline has its version, but does not say that it was a
                // baseline.
                row.version().map(FlywayHistoryReader::baselineKey).ifPresent(this::undone);
            }
            default -> {
                // A repeatable migration has a row for each time it was applied: the last counts.
                VersionHistory.Applied next =
                        applied.stream()
                                .filter(each -> each.key().equals(key))
                                .findFirst()
                                .map(each -> each.again(checksum(row)))
                                .orElseGet(
                                        () ->
                                                new VersionHistory.Applied(
                                                        key, row.version(), checksum(row)));
                remove(key);
                undone.remove(key);
                applied.add(next);
            }
        }
    }

    /** For Flyway a migration in Java without a checksum is another than a script with one. */
    private static Optional<String> checksum(VersionRow row) {
        return row.type().equals(PROGRAM)
                ? row.checksum().or(() -> Optional.of(FlywayChecksum.NONE))
                : row.checksum();
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

    private void undone(String key) {
        remove(key);
        undone.add(key);
    }

    private void remove(String key) {
        applied.removeIf(entry -> entry.key().equals(key));
    }
}
