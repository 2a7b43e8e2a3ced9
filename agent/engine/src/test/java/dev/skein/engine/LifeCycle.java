package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The way of one step type through life, in one database.
 *
 * <ol>
 *   <li>Validate: a survey finds nothing of the plan.
 *   <li>Run, and interrupt at the first command; run again as a process that has just started.
 *   <li>Verify: all is there once, and ledger, reports and version table agree.
 *   <li>Undo, interrupted at the same point and run again; verify that nothing is there.
 *   <li>Go on at 2 with the next command, until both went through without meeting the point.
 *   <li>All that for each way in which a command can be cut; then run once more, and survey.
 * </ol>
 *
 * <p>A step that waits for a person gets the word that is true.
 */
final class LifeCycle {
    /** Connect, accept, two steps and their records take more commands than that. */
    private static final int POINTS_MIN = 8;

    private static final String UNDECIDED = "undecided";
    private static final Cut NEVER = new Cut(Cut.Kind.DIES_BEFORE_SENDING, 0);

    private final EngineUnderTest engines;
    private final StepSample sample;
    private final ContractDatabase database;
    private final Plan plan;
    private final SchemaReader schema;

    LifeCycle(EngineUnderTest engines, StepSample sample, Framework framework) {
        this.engines = engines;
        this.sample = sample;
        this.database = prepared();
        Plan unrehearsed = ContractPlans.of(sample, framework);
        this.schema =
                engines.engine(engines.port(), ContractDatabase.PATIENCE)
                        .schemaReader(unrehearsed, Optional.empty());
        this.plan = sample.rehearsed() ? rehearsed(unrehearsed) : unrehearsed;
    }

    private ContractDatabase prepared() {
        ContractDatabase fresh = ContractDatabase.fresh(engines);
        if (!sample.setup().isEmpty()) {
            engines.execute(fresh.id(), sample.setup());
        }
        return fresh;
    }

    /** Lives it, to the end. */
    void live() {
        Fingerprint before = engines.fingerprint(database.id(), schema);
        validate();
        for (Cut.Kind kind : Cut.Kind.values()) {
            assertThat(interruptAtEachPoint(kind)).isGreaterThan(POINTS_MIN);
        }
        assertThat(engines.fingerprint(database.id(), schema)).isEqualTo(before);
        run(OrderKind.APPLY, NEVER);
        surveyFinds(Optional.of(ContractPlans.last(plan)));
    }

    private void validate() {
        assertThat(database.value(sample.effect())).isEqualTo(sample.absent());
        surveyFinds(Optional.empty());
    }

    /** Plain SQL has no table of its own in which a survey could find anything. */
    private void surveyFinds(Optional<String> version) {
        if (plan.framework() == Framework.SQL) {
            return;
        }
        database.execute(database.next(OrderKind.SURVEY), plan);
        List<DatabaseSurveyed> found = database.events(DatabaseSurveyed.class);
        assertThat(found.get(found.size() - 1).findings().version()).isEqualTo(version);
    }

    /** The number of points there are. */
    private int interruptAtEachPoint(Cut.Kind kind) {
        int point = 0;
        boolean met = true;
        while (met) {
            point++;
            Cut cut = new Cut(kind, point);
            boolean metUp = run(OrderKind.APPLY, cut);
            // A process that goes on takes back as it applies; its waits would add up.
            boolean metDown = run(OrderKind.ROLLBACK, kind.goesOn() ? NEVER : cut);
            met = metUp || metDown;
        }
        return point - 1;
    }

    /** Whether the order met the point at which it was to be cut. */
    private boolean run(OrderKind kind, Cut cut) {
        OrderIssued order = database.next(kind);
        boolean met = interrupted(order, cut);
        if (met && !cut.kind().goesOn()) {
            assertThat(database.execute(order, plan)).isEqualTo(ExecutionEnd.FINISHED);
        }
        OrderIssued last = isUndecided(order) ? withTheTrueWord(kind) : order;
        verify(last, cut);
        return met;
    }

    /** A session that has just been closed may hold its lock for a moment longer. */
    private boolean interrupted(OrderIssued order, Cut cut) {
        boolean met = executeUntil(order, cut);
        while (!met && database.wasLockedOut(order)) {
            database.forgetUncounted();
            met = executeUntil(order, cut);
        }
        return met;
    }

    private boolean executeUntil(OrderIssued order, Cut cut) {
        boolean goesOn = cut.kind().goesOn();
        try (CuttingProxy proxy =
                CuttingProxy.inFrontOf(engines.port(), engines.wireProtocol(), cut)) {
            // A process that has ended is one that nothing reaches, and that nobody hears.
            Duration patience = goesOn ? ContractDatabase.PATIENCE : Duration.ZERO;
            ReportSink sink =
                    report ->
                            proxy.hasCut() && !goesOn
                                    ? Future.succeededFuture()
                                    : database.record(report);
            ContractDatabase.await(
                    engines.engine(proxy.port(), patience)
                            .execute(Assignment.of(order, plan), Permit::go, sink));
            return proxy.hasCut();
        }
    }

    private boolean isUndecided(OrderIssued order) {
        return database.lastOf(order) instanceof DatabaseFailed failed
                && failed.failure().code().equals(UNDECIDED);
    }

    /** The same once more, by an order that says what a person sees in the database. */
    private OrderIssued withTheTrueWord(OrderKind kind) {
        boolean there = database.value(sample.effect()).equals(sample.applied());
        boolean done = there == (kind == OrderKind.APPLY);
        OrderIssued order = database.next(kind, done ? Repair.STEP_DONE : Repair.STEP_NOT_DONE);
        database.execute(order, plan);
        return order;
    }

    private void verify(OrderIssued order, Cut cut) {
        boolean up = order.kind() == OrderKind.APPLY;
        String which = order.kind() + " interrupted at " + cut;
        Class<? extends FleetEvent> end = up ? DatabaseApplied.class : DatabaseRolledBack.class;
        assertThat(database.lastOf(order)).as(which).isInstanceOf(end);
        assertThat(database.value(sample.effect()))
                .as(which)
                .isEqualTo(up ? sample.applied() : sample.absent());
        assertThat(database.counted()).as(which).isEqualTo(up ? "1" : "0");
        engines.versions(database.id(), plan.framework())
                .ifPresent(
                        versions ->
                                assertThat(versions)
                                        .as(which)
                                        .isEqualTo(up ? ContractPlans.versions(plan) : ""));
        verifyLedger(which);
    }

    /** The ledger has no gap, and each row was reported, always in the same words. */
    private void verifyLedger(String which) {
        List<Long> ledger = engines.ledgerSequences(database.id());
        assertThat(ledger)
                .as(which)
                .isEqualTo(LongStream.rangeClosed(1, ledger.size()).boxed().toList());
        Map<Long, Envelope> reported = new TreeMap<>();
        for (Envelope report : database.countedReports()) {
            Envelope first = reported.putIfAbsent(report.sequence(), report);
            assertThat(report).as(which).isEqualTo(first == null ? report : first);
        }
        assertThat(reported.keySet()).as(which).containsExactlyElementsOf(ledger);
    }

    /** With what the sample's steps do to another database that is as this one. */
    private Plan rehearsed(Plan unrehearsed) {
        ContractDatabase scratch = prepared();
        RehearsedStep up = rehearsed(scratch, sample.up(), true);
        RehearsedStep down = rehearsed(scratch, sample.down(), false);
        return unrehearsed.rehearsed(
                new Rehearsal(Instant.EPOCH, "this one", Optional.empty(), List.of(up, down)));
    }

    private RehearsedStep rehearsed(ContractDatabase scratch, List<Step> steps, boolean up) {
        Fingerprint before = engines.fingerprint(scratch.id(), schema);
        engines.execute(scratch.id(), steps.get(0).text());
        Fingerprint after = engines.fingerprint(scratch.id(), schema);
        List<ObjectChange> changes = Fingerprint.changes(before, after);
        return new RehearsedStep(
                "1", up, 0, Duration.ZERO, before.whole(), after.whole(), changes, List.of());
    }
}
