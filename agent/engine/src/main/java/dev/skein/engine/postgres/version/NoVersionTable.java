package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.engine.execution.VersionHistory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Plain SQL files have no version table: Skein's ledger is the only record. */
final class NoVersionTable implements VersionTable {
    @Override
    public OptionalLong lockKey() {
        return OptionalLong.empty();
    }

    @Override
    public String ledgerKey() {
        return "sql";
    }

    @Override
    public String creation() {
        return "";
    }

    @Override
    public Optional<String> query() {
        return Optional.empty();
    }

    @Override
    public Optional<VersionHistory> history(List<VersionRow> rows) {
        return Optional.empty();
    }

    @Override
    public String change(VersionChange change) {
        return "";
    }
}
