package dev.skein.engine.postgres;

import dev.skein.engine.CatalogueRow;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.execution.LedgerOrigin;
import dev.skein.engine.execution.Survey;
import dev.skein.engine.postgres.ledger.LedgerRead;
import dev.skein.engine.postgres.ledger.LedgerSql;
import dev.skein.engine.postgres.version.MigrationLock;
import dev.skein.engine.postgres.version.VersionRow;
import dev.skein.protocol.plan.Fingerprint;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the applied state of a database in read-only transactions, without a lock, and whether or
 * not any of the tables exists.
 */
final class SurveyReader {
    /** There is no such table, or no such schema. */
    private static final Set<String> ABSENT = Set.of("42P01", "3F000");

    private static final String LEDGER =
            "select pg_catalog.to_regclass('skein.ledger') is not null as there,"
                    + " pg_catalog.to_regclass('skein.origin') is not null as has_origin;";

    private final DatabaseSession databaseSession;
    private final long seen;

    /**
     * What was read.
     *
     * @param ledger absent where there is none
     * @param lockStuck whether the framework's lock is set in its table
     */
    record Found(Survey survey, Optional<LedgerRead> ledger, boolean lockStuck) {}

    private SurveyReader(DatabaseSession databaseSession, long seen) {
        this.databaseSession = databaseSession;
        this.seen = seen;
    }

    /**
     * Fails with {@link RefusedException}, or with what the client says.
     *
     * @param seen the last report that the orchestrator had seen
     */
    static Future<Found> of(DatabaseSession databaseSession, long seen) {
        return new SurveyReader(databaseSession, seen).read();
    }

    /** The objects of the schema, as a plan's rehearsal has them. */
    static Future<Fingerprint> schema(DatabaseSession databaseSession, SchemaReader schema) {
        return inCheck(databaseSession, schema.preparation() + ";" + schema.query() + ";")
                .map(
                        answer ->
                                schema.fingerprint(
                                        answer.rows("definition").stream()
                                                .map(SurveyReader::catalogueRow)
                                                .toList()));
    }

    private static CatalogueRow catalogueRow(Row row) {
        return new CatalogueRow(row.getString(0), row.getString(1));
    }

    private Future<Found> read() {
        return inCheck(LEDGER)
                .compose(this::ledgerThere)
                .compose(ledger -> origin(ledger).compose(origin -> read(ledger, origin)));
    }

    private Future<LedgerOrigin> origin(Optional<LedgerRead> ledger) {
        return ledger.isPresent()
                ? Future.succeededFuture(ledger.get().origin())
                : inCheck(databaseSession.ledger().empty())
                        .map(answer -> LedgerOrigin.absent(isTrue(answer, "empty")));
    }

    private Future<Found> read(Optional<LedgerRead> ledger, LedgerOrigin origin) {
        return rows().compose(rows -> read(ledger, origin, rows));
    }

    private Future<Found> read(
            Optional<LedgerRead> ledger, LedgerOrigin origin, List<VersionRow> rows) {
        Survey survey =
                new Survey(
                        ledger.map(LedgerRead::epoch).orElse(0L),
                        ledger.map(LedgerRead::lastSequence).orElse(0L),
                        ledger.map(LedgerRead::rows).orElse(List.of()),
                        databaseSession.versionTable().history(rows),
                        databaseSession.sessionContext(),
                        origin);
        return lock().map(stuck -> new Found(survey, ledger, stuck));
    }

    private Future<Optional<LedgerRead>> ledgerThere(QueryAnswer answer) {
        boolean withOrigin = isTrue(answer, "has_origin");
        return isTrue(answer, "there")
                ? inCheck(databaseSession.ledger().survey(seen, withOrigin)).map(this::ledger)
                : Future.succeededFuture(Optional.empty());
    }

    private static boolean isTrue(QueryAnswer answer, String column) {
        return answer.rows(column).get(0).getBoolean(column);
    }

    private Optional<LedgerRead> ledger(QueryAnswer answer) {
        LedgerRead ledger =
                LedgerRead.of(
                        answer.rows("held_log").get(0),
                        answer.rows("format").get(0),
                        answer.rows("kind"),
                        answer.rows("report"));
        if (ledger.format() > LedgerSql.FORMAT) {
            throw DatabaseConnector.unsupportedLedger(ledger.format());
        }
        return Optional.of(ledger);
    }

    private Future<List<VersionRow>> rows() {
        Optional<String> query = databaseSession.versionTable().query();
        return query.isEmpty()
                ? Future.succeededFuture(List.of())
                : ifThere(databaseSession.versionTable().trust() + query.get() + ";")
                        .map(answer -> answer.map(SurveyReader::rows).orElse(List.of()));
    }

    private static List<VersionRow> rows(QueryAnswer answer) {
        return answer.rows("success").stream().map(DatabaseConnector::versionRow).toList();
    }

    private Future<Boolean> lock() {
        Optional<MigrationLock> row = databaseSession.versionTable().migrationLock();
        return row.isEmpty()
                ? Future.succeededFuture(false)
                : ifThere(row.get().state())
                        .map(answer -> answer.filter(each -> isTrue(each, "locked")).isPresent());
    }

    /** Empty where a table is absent. */
    private Future<Optional<QueryAnswer>> ifThere(String query) {
        return inCheck(query)
                .map(Optional::of)
                .recover(
                        cause ->
                                SqlFailures.of(cause)
                                                .sqlState()
                                                .filter(ABSENT::contains)
                                                .isPresent()
                                        ? Future.succeededFuture(Optional.empty())
                                        : Future.failedFuture(cause));
    }

    private Future<QueryAnswer> inCheck(String query) {
        return inCheck(databaseSession, LedgerSql.check() + query);
    }

    private static Future<QueryAnswer> inCheck(DatabaseSession databaseSession, String query) {
        return databaseSession
                .session()
                .send(PgStatements.BEGIN_READ + query + "commit;")
                .recover(
                        cause ->
                                databaseSession
                                        .session()
                                        .send("rollback")
                                        .transform(done -> Future.failedFuture(cause)));
    }
}
