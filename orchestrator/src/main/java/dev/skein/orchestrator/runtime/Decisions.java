package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RolloutDecider;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Position;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes decisions, one at a time for each rollout.
 *
 * <p>Confined to the owner's context. A decision looks at the folded state and is appended. The
 * next one of the same rollout is made once it has been folded, so that it sees it. Decisions of
 * different rollouts run together, except those that claim databases: of them there is one at a
 * time in the whole fleet.
 */
final class Decisions {
    private final FleetLookup fleet;
    private final DecisionPorts ports;
    private final NegativeAnswers refusals;
    private final OrchestratorMetrics metrics;
    private final Map<RolloutId, CommandQueue> queues = new LinkedHashMap<>();

    private boolean deciding;
    private boolean claiming;

    Decisions(
            FleetLookup fleet,
            DecisionPorts ports,
            NegativeAnswers refusals,
            OrchestratorMetrics metrics) {
        this.fleet = fleet;
        this.ports = ports;
        this.refusals = refusals;
        this.metrics = metrics;
    }

    /** Decisions are made from now on. */
    void start() {
        deciding = true;
    }

    /**
     * Makes no decision from now on; commands that wait are answered, appends under way continue.
     */
    void stop() {
        deciding = false;
        for (CommandQueue queue : List.copyOf(queues.values())) {
            queue.clear().forEach(each -> each.answer().complete(refusals.notLeading()));
        }
        queues.values().removeIf(CommandQueue::isIdle);
    }

    /** Decides when the command's turn comes; never fails. */
    Future<Answer<CommandReply>> submit(Command command) {
        if (!deciding) {
            return Future.succeededFuture(refusals.notLeading());
        }
        CommandQueue queue = queue(command.rollout());
        if (queue.isFull()) {
            return Future.succeededFuture(
                    refusals.tooMuch(attempted(command), CommandQueue.WAITING_MAX, "commands"));
        }
        Promise<Answer<CommandReply>> answer = Promise.promise();
        queue.add(new CommandQueue.Task(command, answer));
        pump(command.rollout());
        return answer.future();
    }

    /** Something happened that may make an action due for this rollout. */
    void advance(RolloutId rollout) {
        if (deciding) {
            queue(rollout).advanceIsDue();
            pump(rollout);
        }
    }

    private CommandQueue queue(RolloutId rollout) {
        return queues.computeIfAbsent(rollout, each -> new CommandQueue());
    }

    private void pump(RolloutId rollout) {
        CommandQueue queue = queue(rollout);
        Optional<CommandQueue.Task> next = takeNext(rollout, queue);
        while (next.isPresent()) {
            decide(queue, next.get());
            next = takeNext(rollout, queue);
        }
        queues.computeIfPresent(rollout, (id, each) -> each.isIdle() ? null : each);
    }

    private Optional<CommandQueue.Task> takeNext(RolloutId rollout, CommandQueue queue) {
        if (!deciding || queue.isBusy()) {
            return Optional.empty();
        }
        Optional<CommandQueue.Task> head = queue.head();
        if (head.isPresent()) {
            return mayRun(head.get()) ? Optional.of(queue.takeHead()) : Optional.empty();
        }
        Command advance = new Command.Advance(rollout, ports.clock().get());
        CommandQueue.Task task = new CommandQueue.Task(advance, Promise.promise());
        if (!queue.advanceWaits() || !mayRun(task)) {
            return Optional.empty();
        }
        queue.takeAdvance();
        return Optional.of(task);
    }

    private boolean mayRun(CommandQueue.Task task) {
        return !claiming || !task.command().claimsDatabases(fleet);
    }

    private void decide(CommandQueue queue, CommandQueue.Task task) {
        try {
            Timer.Sample sample = metrics.start();
            RolloutDecider.decide(fleet, task.command())
                    .accept(new Continuation(queue, task, sample));
        } catch (RuntimeException e) {
            task.answer().complete(refusals.appendFailed(attempted(task.command()), e));
            ports.defect().accept(e);
        }
    }

    private static String attempted(Command command) {
        return command.label() + " of rollout " + command.rollout();
    }

    /** Carries out what was decided about one command. */
    private final class Continuation implements Decision.Visitor<Void> {
        private final CommandQueue queue;
        private final CommandQueue.Task task;
        private final Timer.Sample sample;

        Continuation(CommandQueue queue, CommandQueue.Task task, Timer.Sample sample) {
            this.queue = queue;
            this.task = task;
            this.sample = sample;
        }

        @Override
        public Void on(Rejection rejection) {
            metrics.decided(sample, task.command(), "rejected");
            task.answer().complete(new Answer.Rejected<>(rejection));
            return null;
        }

        @Override
        public Void on(Accepted accepted) {
            if (accepted.entries().isEmpty()) {
                metrics.decided(sample, task.command(), "nothing-due");
                task.answer().complete(new Answer.Done<>(accepted.reply(), List.of()));
                ports.quiet().accept(task.command().rollout());
                return null;
            }
            boolean claims = task.command().claimsDatabases(fleet);
            queue.setBusy(true);
            claiming = claiming || claims;
            ports.append()
                    .apply(accepted.entries())
                    .compose(this::awaitFold)
                    .onComplete(done -> finish(accepted.reply(), claims, done));
            return null;
        }

        private Future<List<Position>> awaitFold(List<Position> positions) {
            return ports.folded().apply(positions).map(folded -> positions);
        }

        private void finish(CommandReply reply, boolean claims, AsyncResult<List<Position>> done) {
            metrics.decided(sample, task.command(), done.succeeded() ? "accepted" : "unavailable");
            queue.setBusy(false);
            if (claims) {
                claiming = false;
            }
            answer(reply, done);
            pump(task.command().rollout());
            if (claims) {
                List.copyOf(queues.keySet()).forEach(Decisions.this::pump);
            }
        }

        private void answer(CommandReply reply, AsyncResult<List<Position>> done) {
            if (done.failed()) {
                String attempted = attempted(task.command());
                task.answer().complete(refusals.appendFailed(attempted, done.cause()));
                return;
            }
            if (!(task.command() instanceof Command.Advance)) {
                ports.publish().run();
            }
            task.answer().complete(new Answer.Done<>(reply, done.result()));
        }
    }
}
