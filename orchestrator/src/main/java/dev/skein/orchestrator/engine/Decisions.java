package dev.skein.orchestrator.engine;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.Reply;
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
 * <p>Confined to the owner's context. A decision looks at the folded state, is appended, and frees
 * its lane when it has itself been folded, so that the next one of the rollout sees it. Decisions
 * of different rollouts are under way together, save those that claim databases: of them there is
 * one at a time in the whole fleet.
 */
final class Decisions {
    private final FleetLookup fleet;
    private final DecisionPorts ports;
    private final Refusals refusals;
    private final OrchestratorMetrics metrics;
    private final Map<RolloutId, Lane> lanes = new LinkedHashMap<>();

    private boolean deciding;
    private boolean claiming;

    Decisions(
            FleetLookup fleet,
            DecisionPorts ports,
            Refusals refusals,
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

    /** No decision is made any more; what waits is answered, what is under way goes on. */
    void stop() {
        deciding = false;
        for (Lane lane : List.copyOf(lanes.values())) {
            lane.clear().forEach(each -> each.answer().complete(refusals.notLeading()));
        }
        lanes.values().removeIf(Lane::isIdle);
    }

    /** Decides when the command's turn comes; never fails. */
    Future<Answer<Reply>> submit(Command command) {
        if (!deciding) {
            return Future.succeededFuture(refusals.notLeading());
        }
        Lane lane = lane(command.rollout());
        if (lane.isFull()) {
            return Future.succeededFuture(
                    refusals.tooMuch(attempted(command), Lane.WAITING_MAX, "commands"));
        }
        Promise<Answer<Reply>> answer = Promise.promise();
        lane.add(new Lane.Task(command, answer));
        pump(command.rollout());
        return answer.future();
    }

    /** Something happened that may make something due for this rollout. */
    void advance(RolloutId rollout) {
        if (deciding) {
            lane(rollout).advanceIsDue();
            pump(rollout);
        }
    }

    private Lane lane(RolloutId rollout) {
        return lanes.computeIfAbsent(rollout, each -> new Lane());
    }

    private void pump(RolloutId rollout) {
        Lane lane = lane(rollout);
        Optional<Lane.Task> next = takeNext(rollout, lane);
        while (next.isPresent()) {
            decide(lane, next.get());
            next = takeNext(rollout, lane);
        }
        lanes.computeIfPresent(rollout, (id, each) -> each.isIdle() ? null : each);
    }

    private Optional<Lane.Task> takeNext(RolloutId rollout, Lane lane) {
        if (!deciding || lane.isBusy()) {
            return Optional.empty();
        }
        Optional<Lane.Task> head = lane.head();
        if (head.isPresent()) {
            return mayRun(head.get()) ? Optional.of(lane.takeHead()) : Optional.empty();
        }
        Command advance = new Command.Advance(rollout, ports.clock().get());
        Lane.Task task = new Lane.Task(advance, Promise.promise());
        if (!lane.advanceWaits() || !mayRun(task)) {
            return Optional.empty();
        }
        lane.takeAdvance();
        return Optional.of(task);
    }

    private boolean mayRun(Lane.Task task) {
        return !claiming || !task.command().claimsDatabases(fleet);
    }

    private void decide(Lane lane, Lane.Task task) {
        try {
            Timer.Sample sample = metrics.start();
            RolloutDecider.decide(fleet, task.command()).accept(new Outcome(lane, task, sample));
        } catch (RuntimeException e) {
            task.answer().complete(refusals.appendFailed(attempted(task.command()), e));
            ports.defect().accept(e);
        }
    }

    private static String attempted(Command command) {
        return command.label() + " of rollout " + command.rollout();
    }

    /** Goes on with a decision. */
    private final class Outcome implements Decision.Visitor<Void> {
        private final Lane lane;
        private final Lane.Task task;
        private final Timer.Sample sample;

        Outcome(Lane lane, Lane.Task task, Timer.Sample sample) {
            this.lane = lane;
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
                task.answer().complete(new Answer.Accepted<>(accepted.reply(), List.of()));
                ports.quiet().accept(task.command().rollout());
                return null;
            }
            boolean claims = task.command().claimsDatabases(fleet);
            lane.setBusy(true);
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

        private void finish(Reply reply, boolean claims, AsyncResult<List<Position>> done) {
            metrics.decided(sample, task.command(), done.succeeded() ? "accepted" : "unavailable");
            lane.setBusy(false);
            if (claims) {
                claiming = false;
            }
            answer(reply, done);
            pump(task.command().rollout());
            if (claims) {
                List.copyOf(lanes.keySet()).forEach(Decisions.this::pump);
            }
        }

        private void answer(Reply reply, AsyncResult<List<Position>> done) {
            if (done.failed()) {
                String attempted = attempted(task.command());
                task.answer().complete(refusals.appendFailed(attempted, done.cause()));
                return;
            }
            if (!(task.command() instanceof Command.Advance)) {
                ports.publish().run();
            }
            task.answer().complete(new Answer.Accepted<>(reply, done.result()));
        }
    }
}
