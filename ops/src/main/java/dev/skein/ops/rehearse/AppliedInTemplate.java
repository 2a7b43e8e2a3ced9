package dev.skein.ops.rehearse;

import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads which of a plan's migrations a copy of a template has already. */
final class AppliedInTemplate {
    /** SQLSTATE of a table, and of a schema, that is not there. */
    private static final Set<String> ABSENT = Set.of("42P01", "3F000");

    /** The copy has another name than the database of which the ledger tells. */
    private static final String LEDGER =
            "select l.migration, l.direction from only skein.ledger l"
                    + " where l.kind = 'done' and l.completes and l.migration is not null"
                    + " order by l.position";

    /**
     * Whoever owns the template may have put something else into the ledger's place. To read a
     * plain table with types of PostgreSQL's own, on a search path that holds nothing else, calls
     * nothing of theirs.
     */
    private static final String IS_PLAIN =
            "select c.relkind = 'r' and not c.relrowsecurity and not c.relhasrules"
                    + " and not exists (select from pg_attribute a where a.attrelid = c.oid"
                    + " and a.attnum > 0 and a.atttypid >= 16384)"
                    + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where n.nspname = 'skein' and c.relname = 'ledger'";

    private AppliedInTemplate() {}

    /** Their keys; a repeatable migration whose text has changed since is none of them. */
    static Set<String> of(RehearsalDatabase copy, Plan plan) throws SQLException {
        return copy.reader().frameworkTables().isEmpty()
                ? ofLedger(copy.connection())
                : ofSurvey(copy, plan);
    }

    private static Set<String> ofLedger(Connection connection) throws SQLException {
        Set<String> applied = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set search_path = pg_catalog, pg_temp");
            refuseWhatIsNoTable(statement);
            ResultSet rows = statement.executeQuery(LEDGER);
            while (rows.next()) {
                if ("up".equals(rows.getString(2))) {
                    applied.add(rows.getString(1));
                } else {
                    applied.remove(rows.getString(1));
                }
            }
        } catch (SQLException failure) {
            if (!ABSENT.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
        }
        return applied;
    }

    private static void refuseWhatIsNoTable(Statement statement) throws SQLException {
        ResultSet plain = statement.executeQuery(IS_PLAIN);
        if (plain.next() && !plain.getBoolean(1)) {
            throw new RehearsalFailure(
                    "what the template calls skein.ledger is not the table that Skein makes, and"
                            + " is not read: it may run what its owner wrote. Drop it in the"
                            + " template, or take a copy of another database",
                    null);
        }
    }

    private static Set<String> ofSurvey(RehearsalDatabase copy, Plan plan) {
        StepRecorder recorder = copy.recorder();
        copy.orders().survey(copy.database().name(), plan, recorder);
        List<String> keys = plan.migrations().stream().map(Migration::key).toList();
        Set<String> applied = new TreeSet<>(keys);
        recorder.first(DatabaseSurveyed.class)
                .orElseThrow()
                .findings()
                .missing()
                .forEach(range -> applied.removeAll(keysOf(range, keys)));
        return applied;
    }

    private static List<String> keysOf(KeyRange range, List<String> keys) {
        int first = keys.indexOf(range.first());
        return keys.subList(first, first + range.count());
    }
}
