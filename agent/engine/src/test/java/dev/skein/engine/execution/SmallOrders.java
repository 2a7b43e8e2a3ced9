package dev.skein.engine.execution;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Orders of few steps that between them come to every arrow of {@link ExecutionTable}. */
final class SmallOrders {
    /** The digest of each object after the step that makes it. */
    static final String AFTER = "1";

    static final CheckStep CHECK = new CheckStep("check", "select 'yes'", "yes");

    private static final long EPOCH = 5;
    private static final Optional<String> NO_SCHEMA = Optional.empty();
    private static final Step SCRIPT = new ScriptStep("create table a ()");
    private static final Step INDEX = statement(new Probe.IndexCreated(NO_SCHEMA, "t", "i"));
    private static final Step REINDEX = statement(new Probe.IndexRebuilt(NO_SCHEMA, "i"));
    private static final Step DETACH =
            statement(new Probe.PartitionDetached(NO_SCHEMA, "t", NO_SCHEMA, "p"));
    private static final Step HARMLESS = statement(new Probe.Harmless());
    private static final Step PARTS =
            undecidable(
                    "begin; create table a (); commit; create table b ()", Atomicity.SCHEMA_ONLY);
    private static final Step DATA =
            undecidable(
                    "begin; create table a (); commit; insert into a values (1)",
                    Atomicity.NOT_ATOMIC);

    private static final Step RUN = run(true, Atomicity.ATOMIC);
    private static final Step RUN_IN_PARTS = run(true, Atomicity.SCHEMA_ONLY);
    private static final Step PROGRAM = run(false, Atomicity.SCHEMA_ONLY);
    private static final Step DATA_PROGRAM = run(false, Atomicity.NOT_ATOMIC);

    private static final Survey NOTHING = new Survey(0, 0, List.of(), Optional.empty());

    /** A step of each kind. */
    static final List<Step> STEPS =
            List.of(
                    SCRIPT,
                    CHECK,
                    INDEX,
                    statement(new Probe.IndexDropped(NO_SCHEMA, "i")),
                    REINDEX,
                    DETACH,
                    HARMLESS,
                    undecidable("begin; create table a (); commit", Atomicity.ATOMIC),
                    PARTS,
                    DATA);

    private SmallOrders() {}

    private static Step statement(Probe probe) {
        return new StatementStep(List.of(), "vacuum", probe);
    }

    private static Step undecidable(String sql, Atomicity atomicity) {
        return new StatementStep(List.of(), sql, new Probe.Undecidable()).with(atomicity);
    }

    private static Step run(boolean recordsVersion, Atomicity atomicity) {
        return new DelegatedStep(
                "billing",
                "1",
                Optional.empty(),
                recordsVersion,
                atomicity,
                new TreeMap<>(),
                "it reads rows");
    }

    /** Explores them all. */
    static void explore(Set<Arrow> taken) {
        applies(taken);
        waits(taken);
        undoes(taken);
        undoesPrograms(taken);
    }

    /** A step of each kind, and what a person may say of one. */
    private static void applies(Set<Arrow> taken) {
        StepLimits limits = limits(2, Duration.ZERO);
        for (Step up :
                List.of(
                        SCRIPT,
                        CHECK,
                        INDEX,
                        REINDEX,
                        DETACH,
                        HARMLESS,
                        PARTS,
                        DATA,
                        RUN,
                        PROGRAM,
                        DATA_PROGRAM)) {
            apply(limits, Optional.empty(), List.of(up), taken);
        }
        for (Repair word : Repair.values()) {
            apply(limits, Optional.of(word), List.of(PARTS), taken);
            apply(limits, Optional.of(word), List.of(RUN_IN_PARTS), taken);
            apply(limits, Optional.of(word), List.of(PROGRAM), taken);
        }
        apply(limits, Optional.empty(), List.of(CHECK, SCRIPT), taken);
        apply(limits, Optional.empty(), List.of(run(false, Atomicity.ATOMIC)), taken);
    }

    /** Waits of more than one part: of a pause, and of the back-off after many failures. */
    private static void waits(Set<Arrow> taken) {
        StepLimits pausing = limits(2, Duration.ofMillis(1500));
        apply(pausing, Optional.empty(), List.of(SCRIPT, CHECK, SCRIPT), taken);
        StepLimits patient = limits(6, Duration.ZERO);
        explore(
                order(OrderKind.APPLY, patient, Optional.empty()),
                plan(List.of(SCRIPT), Optional.empty()),
                List.of(NOTHING),
                taken);
    }

    /** A step of each kind that undoes one of which it is not known whether it took effect. */
    private static void undoes(Set<Arrow> taken) {
        StepLimits two = limits(2, Duration.ZERO);
        Plan oneWay = plan(List.of(SCRIPT), Optional.empty());
        OrderIssued back = order(OrderKind.ROLLBACK, two, Optional.empty());
        explore(back, oneWay, surveys(oneWay), taken);
        for (Step up : List.of(INDEX, DETACH, PARTS, RUN, RUN_IN_PARTS, PROGRAM)) {
            for (Step down : List.of(SCRIPT, CHECK, INDEX, PARTS, RUN)) {
                rollback(two, Optional.empty(), undoing(up, down), taken);
            }
            for (Repair word : List.of(Repair.STEP_DONE, Repair.STEP_NOT_DONE)) {
                rollback(two, Optional.of(word), undoing(up, PARTS), taken);
            }
            StepLimits three = limits(3, Duration.ZERO);
            rollback(three, Optional.empty(), undoing(up, HARMLESS), taken);
            Plan twoDowns = plan(List.of(up), Optional.of(List.of(SCRIPT, SCRIPT)));
            rollback(two, Optional.empty(), twoDowns, taken);
        }
    }

    /** A person says what became of a program of which nothing else tells. */
    private static void undoesPrograms(Set<Arrow> taken) {
        StepLimits two = limits(2, Duration.ZERO);
        for (Step down : List.of(SCRIPT, CHECK, DATA_PROGRAM)) {
            rollback(two, Optional.of(Repair.STEP_DONE), undoing(DATA_PROGRAM, down), taken);
        }
        rollback(two, Optional.empty(), undoing(DATA_PROGRAM, SCRIPT), taken);
        rollback(two, Optional.empty(), unrehearsed(undoing(DATA_PROGRAM, SCRIPT)), taken);
        Plan alone = unrehearsed(plan(List.of(DATA_PROGRAM), Optional.empty()));
        explore(order(OrderKind.APPLY, two, Optional.empty()), alone, surveys(alone), taken);
    }

    /** Of which nothing can be compared. */
    private static Plan unrehearsed(Plan plan) {
        return new Plan(plan.framework(), plan.versionTable(), plan.migrations());
    }

    private static Plan undoing(Step up, Step down) {
        return plan(List.of(SCRIPT, up), Optional.of(List.of(down)));
    }

    private static StepLimits limits(int attempts, Duration pause) {
        return new StepLimits(Duration.ofSeconds(2), Optional.empty(), pause, attempts);
    }

    private static void apply(
            StepLimits limits, Optional<Repair> repair, List<Step> up, Set<Arrow> taken) {
        Plan plan = plan(up, Optional.empty());
        explore(order(OrderKind.APPLY, limits, repair), plan, surveys(plan), taken);
    }

    private static void rollback(
            StepLimits limits, Optional<Repair> repair, Plan plan, Set<Arrow> taken) {
        explore(order(OrderKind.ROLLBACK, limits, repair), plan, interrupted(plan), taken);
    }

    private static void explore(
            OrderIssued order, Plan plan, List<Survey> surveys, Set<Arrow> taken) {
        new ExecutionExplorer(Assignment.of(order, plan), surveys).explore(taken);
    }

    private static OrderIssued order(OrderKind kind, StepLimits limits, Optional<Repair> repair) {
        return new OrderIssued(
                ExecutionScript.DATABASE,
                EPOCH,
                new RolloutId("r-1"),
                0,
                1,
                kind,
                new AgentId("agent-1"),
                new PlanId("0".repeat(64)),
                0,
                0,
                limits,
                List.of(),
                repair,
                Instant.EPOCH);
    }

    private static Plan plan(List<Step> up, Optional<List<Step>> down) {
        Migration migration =
                new Migration(
                        MigrationKind.VERSIONED,
                        "1",
                        "one",
                        "V1__one.sql",
                        Optional.of("49"),
                        up,
                        down);
        List<RehearsedStep> steps = new ArrayList<>();
        for (int i = 0; i < up.size(); i++) {
            steps.add(rehearsed(true, i));
        }
        for (int i = 0; i < down.map(List::size).orElse(0); i++) {
            steps.add(rehearsed(false, i));
        }
        return new Plan(Framework.SQL, Optional.empty(), List.of(migration))
                .rehearsed(new Rehearsal(Instant.EPOCH, "15.4", Optional.empty(), steps));
    }

    private static RehearsedStep rehearsed(boolean up, int index) {
        List<ObjectChange> changes =
                List.of(
                        new ObjectChange("table a", Optional.empty(), Optional.of(AFTER)),
                        new ObjectChange("table b", Optional.empty(), Optional.of(AFTER)));
        return new RehearsedStep("1", up, index, Duration.ZERO, "b", "a", changes, List.of());
    }

    /** The last step up is under way, before and after the order is accepted. */
    private static List<Survey> interrupted(Plan plan) {
        LedgerRow started = row(4, LedgerKind.STARTED, last(plan), true);
        return List.of(
                survey(4, before(plan), started),
                survey(EPOCH, before(plan), started, row(EPOCH, LedgerKind.ACCEPTED)));
    }

    /** Also: nothing is there, or all, or this order has begun or ended, or a newer one has. */
    private static List<Survey> surveys(Plan plan) {
        LedgerRow accepted = row(EPOCH, LedgerKind.ACCEPTED);
        LedgerRow done = row(4, LedgerKind.DONE, last(plan), true);
        List<Survey> all = new ArrayList<>(interrupted(plan));
        all.add(NOTHING);
        all.add(
                survey(
                        EPOCH,
                        before(plan),
                        accepted,
                        row(EPOCH, LedgerKind.STARTED, last(plan), true)));
        all.add(survey(4, before(plan), done));
        all.add(survey(EPOCH, before(plan), done, accepted));
        all.add(survey(EPOCH, List.of(), accepted, row(EPOCH, LedgerKind.ENDED)));
        all.add(survey(EPOCH + 1, List.of()));
        return all;
    }

    private static int last(Plan plan) {
        return plan.migrations().get(0).up().size() - 1;
    }

    /** All steps up but the last are done. */
    private static List<LedgerRow> before(Plan plan) {
        return IntStream.range(0, last(plan))
                .mapToObj(index -> row(4, LedgerKind.DONE, index, false))
                .toList();
    }

    private static Survey survey(long epoch, List<LedgerRow> before, LedgerRow... rows) {
        List<LedgerRow> all = new ArrayList<>(before);
        all.addAll(List.of(rows));
        return new Survey(epoch, all.size(), all, Optional.empty());
    }

    private static LedgerRow row(long epoch, LedgerKind kind) {
        return new LedgerRow(
                1, epoch, new RolloutId("r-1"), kind, Optional.empty(), false, Optional.of("49"));
    }

    private static LedgerRow row(long epoch, LedgerKind kind, int index, boolean completes) {
        return new LedgerRow(
                1,
                epoch,
                new RolloutId("r-1"),
                kind,
                Optional.of(new StepRef("1", index, Direction.UP)),
                completes,
                Optional.of("49"));
    }
}
