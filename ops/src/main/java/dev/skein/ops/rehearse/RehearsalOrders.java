package dev.skein.ops.rehearse;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.ReportSink;
import dev.skein.engine.SchemaReader;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.Permit;
import dev.skein.ops.scratch.ServerAnswer;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FailedStatement;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The orders of one rehearsal: each is carried out by the engine that agents run, in the scratch
 * database instead of a tenant's.
 *
 * <p>Threads: one at a time; blocks.
 */
final class RehearsalOrders implements AutoCloseable {
    private static final AgentId AGENT = new AgentId("rehearsal");

    /** An execution never asks for the plan by its id: it has the plan. */
    private static final PlanId UNPUBLISHED = new PlanId("0".repeat(64));

    /** Nobody else is in the database, and a step that fails there fails in the fleet. */
    private static final StepLimits LIMITS =
            new StepLimits(Duration.ofMinutes(1), Optional.empty(), Duration.ZERO, 1);

    private static final String REPAIR = "; look at the database, then 'skein database repair ";

    private final ScratchEngine engine;
    private final SampleValues samples;
    private long epoch;

    /** The last report of the database, as a log would know it. */
    private long lastSequence;

    RehearsalOrders(ScratchEngine engine, SampleValues samples) {
        this.engine = engine;
        this.samples = samples;
    }

    /** How the schema of such a plan's database is read. */
    SchemaReader schemaReader(Plan plan) {
        return engine.observedBy(ExecutionObserver.NONE).schemaReader(plan, Optional.empty());
    }

    /** The orders that follow are for a database of which nothing was ever reported. */
    void begin() {
        lastSequence = 0;
    }

    /** Creates the ledger and the framework's tables, as every order does before it begins. */
    void prepare(String database, Plan plan) {
        carryOut(
                order(database, OrderKind.APPLY, new RolloutId("preparation")),
                plan,
                Permit::stopped,
                new StepRecorder(engine));
    }

    /** Runs what the framework runs before the first migration, and stops ahead of that. */
    void runHooksBefore(String database, Plan plan, int hooks) {
        StepRecorder recorder = new StepRecorder(engine);
        carryOut(
                order(database, OrderKind.APPLY, new RolloutId("hooks")),
                plan,
                () -> recorder.permitUntil(Direction.HOOK, hooks),
                recorder);
    }

    /**
     * Applies what of the plan is not there, and stops ahead of what the framework runs behind it:
     * another migration may follow.
     *
     * @param steps how many steps of migrations that are
     * @return the order, which {@link #finish} carries on
     */
    OrderIssued apply(
            String database, Plan plan, RolloutId rollout, int steps, StepRecorder recorder) {
        OrderIssued order = order(database, OrderKind.APPLY, rollout);
        boolean hooked = plan.hooks().filter(hooks -> !hooks.after().isEmpty()).isPresent();
        carryOut(
                order,
                plan,
                hooked ? () -> recorder.permitUntil(Direction.UP, steps) : Permit::go,
                recorder);
        return order;
    }

    /** Runs what the framework runs behind the last migration. */
    void finish(OrderIssued order, Plan plan) {
        carryOut(order, plan, Permit::go, new StepRecorder(engine));
    }

    /** Takes back what that rollout applied. */
    void rollBack(String database, Plan plan, RolloutId rollout, StepRecorder recorder) {
        carryOut(order(database, OrderKind.ROLLBACK, rollout), plan, Permit::go, recorder);
    }

    /** Reads how the database compares with the plan. */
    void survey(String database, Plan plan, StepRecorder recorder) {
        carryOut(
                order(database, OrderKind.SURVEY, new RolloutId("survey")),
                plan,
                Permit::go,
                recorder);
    }

    private OrderIssued order(String database, OrderKind kind, RolloutId rollout) {
        epoch++;
        DatabaseId id = ScratchEngine.idOf(database);
        return new OrderIssued(
                id,
                epoch,
                rollout,
                0,
                1,
                kind,
                AGENT,
                UNPUBLISHED,
                0,
                lastSequence,
                LIMITS,
                List.of(),
                Optional.empty(),
                samples.now());
    }

    private void carryOut(
            OrderIssued order, Plan plan, Supplier<Permit> permit, StepRecorder recorder) {
        Assignment assignment = new Assignment(order, plan, new TreeMap<>(samples.labelsOf(plan)));
        ReportSink sink = envelope -> reported(order, envelope, recorder);
        ScratchEngine.await(engine.observedBy(recorder).execute(assignment, permit, sink));
        recorder.finish();
        recorder.first(DatabaseFailed.class)
                .ifPresent(
                        failed -> {
                            throw failure(failed, plan, recorder.detail());
                        });
        recorder.first(DatabaseIrreversible.class)
                .ifPresent(
                        refused -> {
                            throw new RehearsalFailure(
                                    refused.migration()
                                            + " cannot be taken back: "
                                            + refused.reason(),
                                    null);
                        });
    }

    /** A ledger may send reports of an order before once more, as it does to a log. */
    private Future<Void> reported(OrderIssued order, Envelope envelope, StepRecorder recorder) {
        lastSequence = Math.max(lastSequence, envelope.sequence());
        return envelope.event() instanceof StepEvent event && event.epoch() != order.epoch()
                ? Future.succeededFuture()
                : recorder.report(envelope);
    }

    private static RehearsalFailure failure(
            DatabaseFailed failed, Plan plan, Optional<String> detail) {
        String said = failed.failure().message();
        if (failed.step().isEmpty()) {
            return new RehearsalFailure(ServerAnswer.of(failed.failure(), said, detail), null);
        }
        StepRef step = failed.step().get();
        // The place among the steps of an order means nothing to who rehearses.
        String named = ", %s %d): ".formatted(step.direction().label(), step.index() + 1);
        int place = said.indexOf(named);
        String words = withoutAdvice(place < 0 ? said : said.substring(place + named.length()));
        Optional<FailedStatement> statement = failed.failure().statement();
        Optional<String> file = statement.flatMap(FailedStatement::script);
        if (file.isPresent() && file.equals(scriptOf(step, plan))) {
            // The script is named below.
            words = words.replace(", " + file.get(), "");
        }
        return new RehearsalFailure(
                place(step, plan)
                        + " failed"
                        + (isDelegated(step, plan) ? " (" + failed.failure().code() + ")" : "")
                        + ": "
                        + ServerAnswer.of(failed.failure(), words, detail),
                null);
    }

    /** What agents advise to do about a tenant's database; a scratch database is gone by then. */
    private static String withoutAdvice(String words) {
        int advice = words.indexOf(REPAIR);
        return advice < 0 ? words : words.substring(0, advice);
    }

    private static Optional<String> scriptOf(StepRef step, Plan plan) {
        return plan.migration(step.migration()).map(Migration::script);
    }

    private static boolean isDelegated(StepRef step, Plan plan) {
        List<Step> steps =
                plan.migration(step.migration()).map(each -> steps(step, each)).orElse(List.of());
        return step.index() < steps.size() && steps.get(step.index()) instanceof DelegatedStep;
    }

    private static List<Step> steps(StepRef step, Migration migration) {
        return step.direction() == Direction.UP
                ? migration.up()
                : migration.down().orElse(List.of());
    }

    private static String place(StepRef step, Plan plan) {
        Optional<Migration> migration = plan.migration(step.migration());
        if (migration.isEmpty()) {
            return step.direction().label() + " " + step.migration();
        }
        List<Step> steps = steps(step, migration.get());
        return "step %d of %d %s of %s (%s)"
                .formatted(
                        step.index() + 1,
                        Math.max(1, steps.size()),
                        step.direction().label(),
                        step.migration(),
                        migration.get().script());
    }

    @Override
    public void close() {
        engine.close();
    }
}
