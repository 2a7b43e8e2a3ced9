package dev.skein.ops.sim;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionHistory;
import dev.skein.protocol.plan.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A framework's version table. */
final class VersionBook {
    private final String name;
    private final List<VersionHistory.Applied> applied = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private Optional<String> failedByOthers = Optional.empty();

    VersionBook(String name) {
        this.name = name;
    }

    VersionBook(VersionBook other) {
        this(other.name);
        applied.addAll(other.applied);
        failed.addAll(other.failed);
        failedByOthers = other.failedByOthers;
    }

    void add(Migration migration) {
        applied.add(
                new VersionHistory.Applied(
                        migration.key(), Optional.of(migration.version()), migration.checksum()));
    }

    void change(VersionChange change) {
        String key = change.migration().key();
        switch (change.kind()) {
            case APPLIED -> {
                Violation.unless(!keys().contains(key), name + ": " + key + " is applied twice");
                add(change.migration());
            }
            case REVERTED ->
                    Violation.unless(
                            applied.removeIf(entry -> entry.key().equals(key)),
                            name + ": " + key + " is reverted and was not applied");
            case STARTED, CONFIRMED -> {
                // This framework writes a row once it knows how the migration ended.
            }
            case FAILED -> {
                if (!failed.contains(key)) {
                    failed.add(key);
                }
            }
            case FAILURE_CLEARED, ABANDONED ->
                    Violation.unless(
                            failed.remove(key), name + ": " + key + " has no failure to clear");
        }
    }

    /** Somebody else ran the framework, and it failed. */
    void failedByOthers(Migration migration) {
        failedByOthers = Optional.of(migration.key());
    }

    List<String> failedByOthers() {
        return failedByOthers.stream().toList();
    }

    /** As the framework's own repair does. */
    void mend() {
        failed.clear();
        failedByOthers = Optional.empty();
    }

    List<String> keys() {
        return applied.stream().map(VersionHistory.Applied::key).toList();
    }

    VersionHistory history() {
        List<String> all = Stream.concat(failed.stream(), failedByOthers.stream()).toList();
        return new VersionHistory(applied, all, Optional.empty());
    }

    /** Without what others left, which a person may have mended meanwhile. */
    @Override
    public String toString() {
        return "applied " + keys() + " failed " + failed;
    }
}
