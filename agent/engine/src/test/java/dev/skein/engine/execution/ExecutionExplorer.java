package dev.skein.engine.execution;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Visits every state that one order can come to, whatever its database answers: each action gets
 * each reply it can have, and each state is gone on from once.
 */
final class ExecutionExplorer {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final TimeAndJitter EARLY = new TimeAndJitter(Instant.EPOCH, 1);
    private static final TimeAndJitter LATE = new TimeAndJitter(Instant.EPOCH.plus(PATIENCE), 1);
    private static final int CONNECTS_MAX = 1;

    private final ExecutionContext context;
    private final Replies replies;
    private final Set<Key> seen = new HashSet<>();
    private final Deque<Transition> open = new ArrayDeque<>();

    ExecutionExplorer(Assignment assignment, List<Survey> surveys) {
        context = new ExecutionContext(assignment, PATIENCE);
        replies = new Replies(surveys.stream().<Reply>map(Reply.Surveyed::new).toList());
    }

    /** As much of a state as what follows depends on. */
    private record Key(
            ExecutionPhase phase,
            ConnectState connect,
            int survey,
            List<StepKey> plannedSteps,
            RetryState retry,
            StatementState statement,
            Optional<ExecutionPhase> writing,
            Duration left) {
        static Key of(ExecutionState state) {
            return new Key(
                    state.phase(),
                    state.connect(),
                    System.identityHashCode(state.progress().survey()),
                    state.progress().plannedSteps().stream().map(StepKey::of).toList(),
                    state.retry(),
                    state.statement(),
                    state.pending().write().map(LedgerWrite::phase),
                    state.pending().left());
        }
    }

    private record StepKey(StepRef ref, boolean uncertain, boolean undoing) {
        static StepKey of(PlannedStep plannedStep) {
            return new StepKey(
                    plannedStep.ref(),
                    plannedStep.uncertain(),
                    plannedStep.interruptedUp().isPresent());
        }
    }

    /** Adds each arrow that is taken. */
    void explore(Set<Arrow> taken) {
        follow(ExecutionState.initial(context), new ExecutionEvent.Begin(), EARLY, taken);
        while (!open.isEmpty()) {
            Transition last = open.pop();
            if (last.action() instanceof Action.Leave) {
                continue;
            }
            for (Reply reply : last.action().accept(replies)) {
                follow(last.state(), reply, EARLY, taken);
                if (last.state().phase() == ExecutionPhase.CONNECTING) {
                    follow(last.state(), reply, LATE, taken);
                }
            }
        }
    }

    private void follow(
            ExecutionState state, ExecutionEvent event, TimeAndJitter at, Set<Arrow> taken) {
        Transition next = ExecutionTable.transition(new Execution(context, state, at), event);
        taken.add(new Arrow(state.phase(), event.kind(), next.state().phase()));
        boolean further = next.state().connect().attempts() <= CONNECTS_MAX;
        if (further && seen.add(Key.of(next.state()))) {
            open.push(next);
        }
    }

    /** All replies that an action can have. */
    private record Replies(List<Reply> surveys) implements Action.Visitor<List<Reply>> {
        private static final Reply DONE = new Reply.Done(Duration.ZERO);
        private static final List<Reply> PERMITS =
                Stream.of(Permit.go(), Permit.paused(1), Permit.stopped(), Permit.superseded())
                        .flatMap(each -> Stream.of(each, each.inDoubt(true)))
                        .<Reply>map(Reply.Permitted::new)
                        .toList();
        private static final List<Reply> FAILURES =
                Stream.of(Reply.Failed.Nature.values())
                        .flatMap(each -> Stream.of(failed(each, true), failed(each, false)))
                        .toList();

        private static Reply failed(Reply.Failed.Nature nature, boolean passing) {
            return new Reply.Failed(
                    new StepFailure("no-luck", Optional.empty(), "no luck", passing, List.of()),
                    nature);
        }

        private static List<Reply> orFailed(Reply... answers) {
            List<Reply> all = new ArrayList<>(List.of(answers));
            all.addAll(FAILURES);
            return all;
        }

        @Override
        public List<Reply> on(Action.Connect action) {
            return orFailed(surveys.toArray(Reply[]::new));
        }

        @Override
        public List<Reply> on(Action.AskPermit action) {
            return PERMITS;
        }

        @Override
        public List<Reply> on(Action.Accept action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.RunScript action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.RunStatement action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.RunDelegated action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.AwaitRun action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.AskCatalogue action) {
            ProbeResult remains =
                    action.probe() instanceof Probe.PartitionDetached
                            ? ProbeResult.of(ProbeResult.State.DETACH_PENDING)
                            : new ProbeResult(ProbeResult.State.REMNANT, List.of("i"));
            return orFailed(
                    new Reply.Probed(ProbeResult.of(ProbeResult.State.DONE)),
                    new Reply.Probed(ProbeResult.of(ProbeResult.State.NOT_DONE)),
                    new Reply.Probed(remains));
        }

        /** None, some and all of the objects are as after the step. */
        @Override
        public List<Reply> on(Action.AskFingerprint action) {
            Map<String, String> all = new TreeMap<>();
            action.objects().forEach(each -> all.put(each, SmallOrders.AFTER));
            TreeMap<String, String> some = new TreeMap<>(all);
            some.pollFirstEntry();
            return orFailed(
                    new Reply.Fingerprinted(new TreeMap<>()),
                    new Reply.Fingerprinted(some),
                    new Reply.Fingerprinted(new TreeMap<>(all)));
        }

        @Override
        public List<Reply> on(Action.DropIndexes action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.FinalizeDetach action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.RunCheck action) {
            return orFailed(
                    new Reply.Answered(Optional.of(SmallOrders.CHECK.expected())),
                    new Reply.Answered(Optional.empty()));
        }

        @Override
        public List<Reply> on(Action.Write action) {
            return orFailed(DONE);
        }

        @Override
        public List<Reply> on(Action.Wait action) {
            return List.of(DONE);
        }

        @Override
        public List<Reply> on(Action.Leave action) {
            throw new AssertionError("leaving has no reply");
        }
    }
}
