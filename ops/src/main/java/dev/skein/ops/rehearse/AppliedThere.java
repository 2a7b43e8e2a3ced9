package dev.skein.ops.rehearse;

import dev.skein.engine.execution.VersionHistory;
import dev.skein.engine.postgres.version.VersionRow;
import dev.skein.engine.postgres.version.VersionTable;
import dev.skein.ops.trial.Books;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads which of a plan's migrations a copy of a template has already. */
final class AppliedThere {
    /** SQLSTATE of a table, and of a schema, that is not there. */
    private static final Set<String> ABSENT = Set.of("42P01", "3F000");

    private static final String LEDGER =
            "select migration, direction from skein.ledger"
                    + " where kind = 'done' and completes and migration is not null"
                    + " order by position";

    private AppliedThere() {}

    /** Their keys; a repeatable migration whose text has changed since is none of them. */
    static Set<String> in(Connection connection, Plan plan) throws SQLException {
        try {
            return plan.framework() == Framework.SQL
                    ? ofLedger(connection)
                    : ofVersionTable(connection, plan);
        } catch (SQLException failure) {
            if (ABSENT.contains(String.valueOf(failure.getSQLState()))) {
                return new TreeSet<>();
            }
            throw failure;
        }
    }

    private static Set<String> ofLedger(Connection connection) throws SQLException {
        Set<String> applied = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LEDGER)) {
            while (rows.next()) {
                if ("up".equals(rows.getString(2))) {
                    applied.add(rows.getString(1));
                } else {
                    applied.remove(rows.getString(1));
                }
            }
        }
        return applied;
    }

    private static Set<String> ofVersionTable(Connection connection, Plan plan)
            throws SQLException {
        VersionTable table = Books.of(plan);
        List<VersionRow> rows = rows(connection, table.query().orElseThrow());
        VersionHistory history = table.history(rows).orElseThrow();
        Map<String, VersionHistory.Applied> byKey = new LinkedHashMap<>();
        history.applied().forEach(each -> byKey.put(each.key(), each));
        Set<String> applied = new TreeSet<>();
        boolean belowBaseline = history.baseline().isPresent();
        for (Migration migration : plan.migrations()) {
            VersionHistory.Applied there = byKey.get(migration.key());
            boolean versioned = migration.kind() == MigrationKind.VERSIONED;
            if (there != null && (versioned || isUnchanged(migration, there))) {
                applied.add(migration.key());
            } else if (versioned && belowBaseline) {
                applied.add(migration.key());
            }
            if (versioned && history.baseline().filter(migration.version()::equals).isPresent()) {
                belowBaseline = false;
            }
        }
        return applied;
    }

    private static boolean isUnchanged(Migration migration, VersionHistory.Applied there) {
        return there.checksum().filter(migration::isUnchangedAs).isPresent();
    }

    private static List<VersionRow> rows(Connection connection, String query) throws SQLException {
        List<VersionRow> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(
                        new VersionRow(
                                Optional.ofNullable(rows.getString("version")),
                                rows.getString("description"),
                                rows.getString("type"),
                                Optional.ofNullable(rows.getString("checksum")),
                                rows.getBoolean("success")));
            }
        }
        return found;
    }
}
