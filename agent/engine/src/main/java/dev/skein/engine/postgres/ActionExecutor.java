package dev.skein.engine.postgres;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.execution.Action;
import dev.skein.engine.execution.LedgerLink;
import dev.skein.engine.execution.LostRows;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.execution.Reply;
import dev.skein.engine.postgres.catalogue.CatalogueScope;
import dev.skein.engine.postgres.ledger.LedgerRead;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * Does what an execution asks for, and replies. A failure of the database is a reply; only a
 * failure of Skein's own fails the future.
 */
final class ActionExecutor implements Action.Visitor<Future<Reply>> {
    private final Vertx vertx;
    private final OrderIssued order;
    private final Supplier<Permit> permit;
    private final InstantSource clock;
    private final DatabaseConnector connector;
    private final Outbox outbox;
    private final StepExecutor steps;
    private final DelegatedRun runs;
    private final Plan plan;
    private final CatalogueScope scope;
    private final ExecutionObserver observer;
    private final SessionUse use;

    ActionExecutor(
            ExecutionDriver.Parts parts,
            DatabaseConnector connector,
            Outbox outbox,
            StepExecutor steps) {
        this.vertx = parts.vertx();
        this.order = parts.assignment().order();
        this.plan = parts.assignment().plan();
        this.scope = CatalogueScope.of(parts.assignment().plan(), order.database().schema());
        this.permit = parts.permit();
        this.observer = parts.settings().observer();
        this.clock = parts.settings().clock();
        this.connector = connector;
        this.outbox = outbox;
        this.steps = steps;
        this.runs = new DelegatedRun(parts, connector);
        this.use = new SessionUse(connector, plan);
    }

    @Override
    public Future<Reply> on(Action.Connect action) {
        return connector.connect().compose(this::surveyed).recover(ActionExecutor::notConnected);
    }

    private Future<Reply> surveyed(DatabaseConnector.Found found) {
        if (new LedgerLink(order, found.survey()).takesReports()) {
            found.ledger().unreported().forEach(outbox::send);
        }
        SortedSet<String> objects = LostRows.objects(plan, found.survey());
        return objects.isEmpty()
                ? Future.succeededFuture(new Reply.Surveyed(found.survey()))
                : steps.fingerprint(scope, List.copyOf(objects))
                        .map(
                                reply ->
                                        reply instanceof Reply.Fingerprinted shown
                                                ? new Reply.Surveyed(
                                                        found.survey().with(shown.digests()))
                                                : reply);
    }

    private static Future<Reply> notConnected(Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return Future.succeededFuture(refused.reply());
        }
        return Future.succeededFuture(SqlFailures.of(cause).reply(List.of()));
    }

    @Override
    public Future<Reply> on(Action.AskPermit action) {
        Future<Void> clean = action.betweenMigrations() ? use.clean() : Future.succeededFuture();
        return clean.compose(renewed -> observer.betweenSteps())
                .map(ready -> new Reply.Permitted(permit.get()));
    }

    @Override
    public Future<Reply> on(Action.Accept action) {
        long first = action.records().entries().get(0).envelope().sequence();
        PgStatements messages = connector.databaseSession().messages();
        return transaction(messages.accept(order, first - 1, action.records(), action.mends()));
    }

    @Override
    public Future<Reply> on(Action.Write action) {
        return transaction(
                connector.databaseSession().messages().write(order.epoch(), action.records()));
    }

    private Future<Reply> transaction(String message) {
        Instant begun = clock.instant();
        return connector
                .databaseSession()
                .session()
                .send(message)
                .transform(
                        done ->
                                done.succeeded()
                                        ? Future.succeededFuture(recorded(done.result(), begun))
                                        : steps.rolledBack(done.cause(), List.<Blocker>of()));
    }

    private Reply recorded(QueryAnswer answer, Instant begun) {
        report(answer);
        return new Reply.Done(Duration.between(begun, clock.instant()));
    }

    private void report(QueryAnswer answer) {
        answer.rows("report")
                .forEach(row -> LedgerRead.report(row.getString("report")).ifPresent(outbox::send));
    }

    @Override
    public Future<Reply> on(Action.RunScript action) {
        Instant begun = clock.instant();
        return steps.script(action.sql(), action.records())
                .map(
                        outcome -> {
                            outcome.records().ifPresent(this::report);
                            use.ran(action.sql());
                            return outcome.reply(Duration.between(begun, clock.instant()));
                        });
    }

    @Override
    public Future<Reply> on(Action.RunStatement action) {
        Instant begun = clock.instant();
        use.ran(action.sql());
        action.session().forEach(use::ran);
        String before = PgStatements.outside(List.of(), action.patient());
        List<String> statements = new ArrayList<>(action.session());
        statements.add(action.sql());
        return observer.beforeStep(connector.databaseSession().session().pid(), false)
                .compose(ready -> steps.statements(before, statements))
                .onComplete(done -> observer.afterStep())
                .map(
                        reply ->
                                reply instanceof Reply.Done
                                        ? new Reply.Done(Duration.between(begun, clock.instant()))
                                        : reply);
    }

    @Override
    public Future<Reply> on(Action.RunDelegated action) {
        return runs.run(action);
    }

    @Override
    public Future<Reply> on(Action.AwaitRun action) {
        return runs.awaitEarlier(action);
    }

    @Override
    public Future<Reply> on(Action.AskCatalogue action) {
        return steps.catalogue(action.session(), CatalogueQuery.of(action.probe()));
    }

    @Override
    public Future<Reply> on(Action.AskFingerprint action) {
        return steps.fingerprint(scope, action.objects());
    }

    @Override
    public Future<Reply> on(Action.DropIndexes action) {
        return steps.ours(
                PgStatements.outside(List.of(), true),
                action.names().stream().map(PgStatements::dropIndex).toList());
    }

    @Override
    public Future<Reply> on(Action.FinalizeDetach action) {
        return steps.ours(
                PgStatements.outside(action.session(), true),
                List.of(PgStatements.finalizeDetach(action.probe())));
    }

    @Override
    public Future<Reply> on(Action.RunCheck action) {
        return steps.check(action.query());
    }

    @Override
    public Future<Reply> on(Action.Wait action) {
        action.saying().ifPresent(outbox::say);
        return vertx.timer(Math.max(1, action.duration().toMillis()))
                .map(nothing -> new Reply.Done(action.duration()));
    }

    @Override
    public Future<Reply> on(Action.Leave action) {
        throw new IllegalStateException("leaving ends the execution and has no reply");
    }
}
