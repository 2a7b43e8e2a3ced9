package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionPhase.Awaited;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * One plan, one database, and some orders one after the other, each of which is executed to its end
 * or crashes on the way and is executed again.
 */
final class RandomExecutions {
    private static final int ORDERS = 4;
    private static final int EXECUTIONS = 3;
    private static final int ACTIONS_MAX = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SplittableRandom random;
    private final RandomPlans plans;
    private final RandomDatabase database;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private boolean permitted;

    RandomExecutions(long seed) {
        random = new SplittableRandom(seed);
        plans = new RandomPlans(random);
        database = new RandomDatabase(random);
    }

    void run() {
        Plan plan = plans.plan();
        for (int epoch = 1; epoch <= ORDERS; epoch++) {
            OrderIssued order = plans.order(epoch);
            for (int i = 0; i <= random.nextInt(EXECUTIONS); i++) {
                execute(order, plan);
            }
        }
    }

    private void execute(OrderIssued order, Plan plan) {
        OrderExecution execution = new OrderExecution(Assignment.of(order, plan), PATIENCE);
        Action action = execution.begin(timeAndJitter());
        permitted = false;
        int actions = 0;
        while (!(action instanceof Action.Leave) && random.nextInt(60) > 0) {
            assertThat(actions++).as("actions of an execution").isLessThan(ACTIONS_MAX);
            ExecutionPhase from = execution.phase();
            assertThat(action.accept(new Awaits())).as("%s", from).isEqualTo(from.awaited());
            needsPermit(action);
            Reply reply = action.accept(database.under(order));
            permitted |= reply.kind() == ExecutionEvent.Kind.PERMIT_GO;
            action = execution.after(reply, timeAndJitter());
        }
    }

    private TimeAndJitter timeAndJitter() {
        now = now.plusMillis(random.nextInt(1000));
        return new TimeAndJitter(now, random.nextDouble());
    }

    /** Nothing of the plan runs without a permit asked since the last that ran. */
    private void needsPermit(Action action) {
        if (action instanceof Action.RunScript
                || action instanceof Action.RunStatement
                || action instanceof Action.RunCheck) {
            assertThat(permitted).as("a permit before %s", action).isTrue();
            permitted = false;
        }
    }

    /** What an execution waits for that has asked for an action. */
    private static final class Awaits implements Action.Visitor<Awaited> {
        @Override
        public Awaited on(Action.Connect action) {
            return Awaited.SURVEY;
        }

        @Override
        public Awaited on(Action.AskPermit action) {
            return Awaited.PERMIT;
        }

        @Override
        public Awaited on(Action.Accept action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.RunScript action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.RunStatement action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.RunDelegated action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.AwaitRun action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.AskCatalogue action) {
            return Awaited.PROBE;
        }

        @Override
        public Awaited on(Action.AskFingerprint action) {
            return Awaited.FINGERPRINT;
        }

        @Override
        public Awaited on(Action.DropIndexes action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.FinalizeDetach action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.RunCheck action) {
            return Awaited.ANSWER;
        }

        @Override
        public Awaited on(Action.Write action) {
            return Awaited.WRITE;
        }

        @Override
        public Awaited on(Action.Wait action) {
            return Awaited.TIME;
        }

        @Override
        public Awaited on(Action.Leave action) {
            return Awaited.NOTHING;
        }
    }
}
