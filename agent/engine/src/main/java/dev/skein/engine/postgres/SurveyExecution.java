package dev.skein.engine.postgres;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.LedgerLink;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.engine.execution.Survey;
import dev.skein.engine.execution.SurveyReports;
import dev.skein.engine.postgres.catalogue.CatalogueScope;
import dev.skein.engine.postgres.ledger.LedgerRead;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.plan.Fingerprint;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Carries out an order that runs no steps. Confined to its context.
 *
 * <ol>
 *   <li>Connects and reads the applied state; a survey reports it and is done.
 *   <li>Where a person has declared a version of which the database says nothing itself, its schema
 *       is read as well.
 *   <li>An adoption continues if it agrees with the plan: under the lock of the target it creates
 *       the ledger and writes the order's two rows, and between them what a person has declared. In
 *       a framework's version table that is declared under the framework's lock.
 *   <li>Transient failures are retried for a minute only, because a person waits for the answer.
 * </ol>
 */
final class SurveyExecution {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ExecutionDriver.Parts parts;
    private final OrderIssued order;
    private final DatabaseConnector connector;
    private final Outbox outbox;
    private final SurveyReports surveyor;
    private final CatalogueScope scope;
    private final Instant begun;
    private int attempt;

    SurveyExecution(ExecutionDriver.Parts parts, Outbox outbox) {
        this.parts = parts;
        this.order = parts.order();
        this.connector = new DatabaseConnector(parts.connections(), parts.order(), parts.plan());
        this.outbox = outbox;
        this.surveyor = new SurveyReports(parts.assignment());
        this.scope = CatalogueScope.of(parts.plan(), order.database().schema());
        this.begun = now();
    }

    /** Whether the order is one of these. */
    static boolean isMeantBy(OrderIssued order) {
        return order.kind() == OrderKind.SURVEY || order.kind() == OrderKind.ADOPT;
    }

    /** Runs to the end; see {@link dev.skein.engine.Engine#execute}. */
    Future<ExecutionEnd> run() {
        Permit permit = parts.permit().get();
        return switch (permit.kind()) {
            case GO -> attempt();
            case PAUSED ->
                    leave(
                            Leave.saying(
                                    ExecutionEnd.PAUSED, surveyor.paused(permit.pause(), now())));
            case STOPPED -> leave(Leave.saying(ExecutionEnd.STOPPED, surveyor.stopped(now())));
            case SUPERSEDED -> leave(Leave.silent(ExecutionEnd.SUPERSEDED));
        };
    }

    /** How it ends, and the last report. */
    private record Leave(ExecutionEnd end, Optional<Envelope> saying) {
        static Leave saying(ExecutionEnd end, Envelope word) {
            return new Leave(end, Optional.of(word));
        }

        static Leave silent(ExecutionEnd end) {
            return new Leave(end, Optional.empty());
        }
    }

    private Instant now() {
        return parts.settings().clock().instant();
    }

    private Future<ExecutionEnd> attempt() {
        attempt++;
        return connector
                .open()
                .compose(order.kind() == OrderKind.ADOPT ? this::adopt : this::survey)
                .transform(done -> done.succeeded() ? leave(done.result()) : failed(done.cause()));
    }

    private Future<Leave> survey(DatabaseSession databaseSession) {
        return SurveyReader.of(databaseSession, order.lastSequence())
                .compose(
                        found ->
                                compared(databaseSession, found)
                                        .map(findings -> surveyed(found.survey(), findings)))
                .map(word -> Leave.saying(ExecutionEnd.FINISHED, word));
    }

    private Envelope surveyed(Survey survey, SurveyFindings findings) {
        return surveyor.surveyed(survey, findings, now());
    }

    private Future<SurveyFindings> compared(
            DatabaseSession databaseSession, SurveyReader.Found found) {
        Future<Optional<Fingerprint>> schema =
                surveyor.needsSchema(found.survey())
                        ? SurveyReader.schema(databaseSession, scope).map(Optional::of)
                        : Future.succeededFuture(Optional.empty());
        return schema.map(read -> surveyor.compare(found.survey(), found.lockStuck(), read));
    }

    private Future<Leave> adopt(DatabaseSession databaseSession) {
        return ExecutionLocks.takeOwn(databaseSession, order.database())
                .compose(held -> SurveyReader.of(databaseSession, order.lastSequence()))
                .compose(found -> adopt(databaseSession, found));
    }

    private Future<Leave> adopt(DatabaseSession databaseSession, SurveyReader.Found found) {
        if (new LedgerLink(order, found.survey()).takesReports()) {
            found.ledger().map(LedgerRead::unreported).orElse(List.of()).forEach(outbox::send);
        }
        Optional<Envelope> overtaken = surveyor.behindLedger(found.survey(), now());
        if (overtaken.isPresent()) {
            return Future.succeededFuture(overtaken(overtaken.get()));
        }
        if (surveyor.hasEnded(found.survey())) {
            return Future.succeededFuture(Leave.silent(ExecutionEnd.FINISHED));
        }
        return compared(databaseSession, found)
                .compose(findings -> adopt(databaseSession, found, findings));
    }

    private Future<Leave> adopt(
            DatabaseSession databaseSession, SurveyReader.Found found, SurveyFindings findings) {
        Optional<Envelope> refusal = surveyor.refusal(findings, found.survey(), now());
        return refusal.isPresent()
                ? Future.succeededFuture(Leave.saying(ExecutionEnd.UNRECORDED, refusal.get()))
                : write(databaseSession, surveyor.adoption(found.survey(), findings, now()));
    }

    /** Where this process knows a newer order, the end of the older one need not be reported. */
    private Leave overtaken(Envelope word) {
        return parts.permit().get().kind() == Permit.Kind.SUPERSEDED
                ? Leave.silent(ExecutionEnd.SUPERSEDED)
                : Leave.saying(ExecutionEnd.SUPERSEDED, word);
    }

    private Future<Leave> write(DatabaseSession databaseSession, Records records) {
        long first = records.entries().get(0).envelope().sequence();
        String message = databaseSession.messages().accept(order, first - 1, records, false);
        return prepared(databaseSession, records)
                .compose(created -> databaseSession.session().send(message))
                .onSuccess(this::send)
                .map(written -> Leave.silent(ExecutionEnd.FINISHED));
    }

    /** Where the framework's own table is written, its lock is taken as well. */
    private Future<?> prepared(DatabaseSession databaseSession, Records records) {
        return records.changes().isEmpty()
                ? databaseSession.session().send(PgStatements.ledgerAlone())
                : connector.connect().compose(this::stillSilent);
    }

    private Future<Void> stillSilent(DatabaseConnector.Found found) {
        return surveyor.isToBelieve(found.survey())
                ? Future.succeededFuture()
                : Future.failedFuture(
                        new RefusedException(
                                new SqlFailure(
                                                "changed-meanwhile",
                                                Optional.empty(),
                                                "somebody else has migrated the database meanwhile",
                                                true,
                                                Reply.Failed.Nature.REFUSED)
                                        .reply(List.of())));
    }

    private void send(QueryAnswer answer) {
        answer.rows("report")
                .forEach(row -> LedgerRead.report(row.getString("report")).ifPresent(outbox::send));
    }

    private Future<ExecutionEnd> failed(Throwable cause) {
        StepFailure failure =
                cause instanceof RefusedException refused
                        ? refused.reply().failure()
                        : SqlFailures.of(cause).reply(List.of()).failure();
        boolean patient = Duration.between(begun, now()).compareTo(PATIENCE) < 0;
        Future<Void> ended = rolledBack();
        if (!failure.passing() || !patient) {
            return ended.compose(
                    done ->
                            leave(
                                    Leave.saying(
                                            surveyor.failedEnd(),
                                            surveyor.failed(failure, now()))));
        }
        Duration wait = surveyor.waitAfter(attempt, parts.settings().jitter().getAsDouble());
        outbox.say(surveyor.unavailable(failure, attempt, wait, now()));
        return ended.compose(done -> parts.vertx().timer(Math.max(1, wait.toMillis())))
                .compose(waited -> run());
    }

    /** Never fails. A lock that outlives the connection is given back. */
    private Future<Void> rolledBack() {
        Future<?> ended =
                connector
                        .session()
                        .<Future<?>>map(session -> session.send("rollback"))
                        .orElse(Future.succeededFuture());
        return ended.otherwiseEmpty()
                .compose(done -> connector.release())
                .onComplete(released -> connector.disconnect());
    }

    private Future<ExecutionEnd> leave(Leave leave) {
        return outbox.empty()
                .compose(sent -> acknowledge())
                .eventually(connector::release)
                .eventually(connector::close)
                .compose(closed -> lastReport(leave))
                .map(leave.end());
    }

    /**
     * Where noting that fails, the next execution sends the same reports and the fold drops them.
     */
    private Future<Void> acknowledge() {
        return outbox.acknowledged() == 0 || connector.session().isEmpty()
                ? Future.succeededFuture()
                : connector
                        .databaseSession()
                        .session()
                        .send(
                                connector
                                        .databaseSession()
                                        .messages()
                                        .acknowledged(outbox.acknowledged()))
                        .<Void>mapEmpty()
                        .otherwiseEmpty();
    }

    private Future<Void> lastReport(Leave leave) {
        leave.saying().ifPresent(outbox::say);
        return outbox.empty();
    }
}
