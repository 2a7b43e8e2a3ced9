package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An execution told what to believe: each call answers the last action and expects the next.
 * Permits are granted silently, time stands still unless it is moved.
 */
final class ExecutionScript {
    static final DatabaseId DATABASE = DatabaseId.of("pg-1", "acme");
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final OrderExecution execution;
    private final List<StepEvent> written = new ArrayList<>();
    private Permit permit = Permit.go();
    private Instant now = BEGIN;
    private Action action;

    private ExecutionScript(OrderIssued order, Plan plan) {
        execution = new OrderExecution(Assignment.of(order, plan), Duration.ofMinutes(10));
        action = execution.begin(timeAndJitter());
    }

    static ExecutionScript executing(OrderKind kind, Plan plan) {
        return new ExecutionScript(order(kind, 5, 3), plan);
    }

    static ExecutionScript executing(OrderIssued order, Plan plan) {
        return new ExecutionScript(order, plan);
    }

    static OrderIssued order(OrderKind kind, long epoch, int attempts) {
        return order(kind, epoch, attempts, Optional.empty());
    }

    static OrderIssued order(OrderKind kind, StepLimits limits) {
        return order(kind, 5, limits, Optional.empty());
    }

    static OrderIssued order(OrderKind kind, long epoch, int attempts, Optional<Repair> repair) {
        return order(
                kind,
                epoch,
                new StepLimits(Duration.ofSeconds(2), Optional.empty(), Duration.ZERO, attempts),
                repair);
    }

    private static OrderIssued order(
            OrderKind kind, long epoch, StepLimits limits, Optional<Repair> repair) {
        return new OrderIssued(
                DATABASE,
                epoch,
                new RolloutId("r-1"),
                0,
                1,
                kind,
                new AgentId("agent-1"),
                new PlanId("0".repeat(64)),
                0,
                10,
                limits,
                List.of(),
                repair,
                BEGIN);
    }

    private TimeAndJitter timeAndJitter() {
        return new TimeAndJitter(now, 1);
    }

    ExecutionScript permit(Permit next) {
        permit = next;
        return this;
    }

    ExecutionScript later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /** Expects this kind of action and gives the reply. */
    <A extends Action> ExecutionScript on(Class<A> type, Reply reply) {
        expect(type);
        action = execution.after(reply, timeAndJitter());
        grant();
        return this;
    }

    /** As {@link #on}, for actions that write and succeed. */
    <A extends Action> ExecutionScript done(Class<A> type) {
        action.accept(new RowCountCheck(written));
        return on(type, new Reply.Done(Duration.ofMillis(7)));
    }

    private void grant() {
        while (action instanceof Action.AskPermit) {
            action = execution.after(new Reply.Permitted(permit), timeAndJitter());
        }
    }

    ExecutionScript surveyed(Survey survey) {
        return on(Action.Connect.class, new Reply.Surveyed(survey));
    }

    ExecutionScript emptyDatabase() {
        return surveyed(new Survey(0, 0, List.of(), Optional.empty()));
    }

    /** The action that the execution waits for now. */
    <A extends Action> A expect(Class<A> type) {
        assertThat(action).isInstanceOf(type);
        return type.cast(action);
    }

    Action.Leave left() {
        return expect(Action.Leave.class);
    }

    /** What was written to the ledger, in order. */
    List<StepEvent> written() {
        return written;
    }

    static Reply refused(String code, boolean passing) {
        return Reply.Failed.refused(failure(code, passing));
    }

    static Reply lost() {
        return new Reply.Failed(failure("connection-lost", true), Reply.Failed.Nature.LOST);
    }

    static Reply superseded() {
        return new Reply.Failed(failure("superseded", false), Reply.Failed.Nature.SUPERSEDED);
    }

    static StepFailure failure(String code, boolean passing, Blocker... blockers) {
        return new StepFailure(code, Optional.empty(), "no luck", passing, List.of(blockers));
    }

    /** Takes note of the events that an action writes. */
    private record RowCountCheck(List<StepEvent> events) implements Action.Visitor<Void> {
        private Void note(Records records) {
            records.entries().forEach(e -> events.add((StepEvent) e.envelope().event()));
            return null;
        }

        @Override
        public Void on(Action.Connect action) {
            return null;
        }

        @Override
        public Void on(Action.AskPermit action) {
            return null;
        }

        @Override
        public Void on(Action.Accept action) {
            return note(action.records());
        }

        @Override
        public Void on(Action.RunScript action) {
            return note(action.records());
        }

        @Override
        public Void on(Action.RunStatement action) {
            return null;
        }

        @Override
        public Void on(Action.RunDelegated action) {
            return null;
        }

        @Override
        public Void on(Action.AwaitRun action) {
            return null;
        }

        @Override
        public Void on(Action.AskCatalogue action) {
            return null;
        }

        @Override
        public Void on(Action.AskFingerprint action) {
            return null;
        }

        @Override
        public Void on(Action.DropIndexes action) {
            return null;
        }

        @Override
        public Void on(Action.FinalizeDetach action) {
            return null;
        }

        @Override
        public Void on(Action.RunCheck action) {
            return null;
        }

        @Override
        public Void on(Action.Write action) {
            return note(action.records());
        }

        @Override
        public Void on(Action.Wait action) {
            return null;
        }

        @Override
        public Void on(Action.Leave action) {
            return null;
        }
    }
}
