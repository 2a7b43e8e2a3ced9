package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutClosed;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.event.WaveApprovalRevoked;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WaveOverdue;
import dev.skein.protocol.event.WavePassed;
import dev.skein.protocol.event.WavePromoted;
import dev.skein.protocol.event.WaveSettled;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Takes one event into a rollout's state. Holds the parts of the next state until it is whole. */
final class RolloutFold implements RolloutEvent.Visitor<RolloutFold> {
    private final RolloutState before;
    private final List<WaveState> waves;
    private TargetMap targets;
    private int pauses;
    private Optional<RolloutPaused> pause;
    private Optional<RollbackRequested> rollback;
    private Optional<RolloutAborted> aborted;
    private Optional<RolloutClosed> closed;
    private Optional<RolloutOutcome> reopenedFrom;

    private RolloutFold(RolloutState before) {
        this.before = before;
        waves = new ArrayList<>(before.waves());
        targets = TargetMap.frozen(before.targets());
        pauses = before.pauses();
        pause = before.pause();
        rollback = before.rollback();
        aborted = before.aborted();
        closed = before.closed();
        reopenedFrom = before.reopenedFrom();
    }

    static RolloutState open(RolloutOpened event) {
        Map<DatabaseId, RolloutTarget> targets = new LinkedHashMap<>();
        for (int wave = 0; wave < event.waves().size(); wave++) {
            for (DatabaseId database : event.waves().get(wave).databases()) {
                targets.put(database, RolloutTarget.first(wave));
            }
        }
        return new RolloutState(
                1,
                event,
                Collections.nCopies(event.waves().size(), WaveState.waiting()),
                targets,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                event.at());
    }

    static RolloutState apply(RolloutState state, RolloutEvent event) {
        return event.accept(new RolloutFold(state)).after(event.at());
    }

    private RolloutState after(Instant at) {
        return new RolloutState(
                before.sequence() + 1,
                before.opened(),
                waves,
                targets,
                pauses,
                pause,
                rollback,
                aborted,
                closed,
                reopenedFrom,
                at);
    }

    @Override
    public RolloutFold on(RolloutOpened event) {
        throw fault("was opened a second time");
    }

    @Override
    public RolloutFold on(WaveStarted event) {
        return wave(event.wave(), false, wave -> wave.started(event.at()));
    }

    @Override
    public RolloutFold on(WaveSettled event) {
        return wave(event.wave(), true, wave -> wave.settled(event.at()));
    }

    @Override
    public RolloutFold on(WaveOverdue event) {
        return wave(event.wave(), true, wave -> wave.overdue(event.at()));
    }

    @Override
    public RolloutFold on(WavePromoted event) {
        return wave(event.wave(), true, wave -> wave.promoted(event));
    }

    @Override
    public RolloutFold on(WaveApproved event) {
        return wave(event.wave(), true, wave -> wave.approved(event));
    }

    @Override
    public RolloutFold on(WaveApprovalRevoked event) {
        return wave(event.wave(), true, WaveState::revoked);
    }

    @Override
    public RolloutFold on(WavePassed event) {
        return wave(event.wave(), true, wave -> wave.passed(event.at()));
    }

    @Override
    public RolloutFold on(RolloutPaused event) {
        requireOpen("was paused");
        if (event.number() != pauses + 1 || pause.isPresent()) {
            throw fault("has pause " + event.number() + " after " + pauses + " pauses");
        }
        pauses = event.number();
        pause = Optional.of(event);
        // A rollback of everything stays in force: there is no way forward from it.
        if (event.cause() == PauseCause.ROLLBACK) {
            rollback = rollback.filter(each -> each.scope() == RollbackScope.ALL);
        }
        return this;
    }

    @Override
    public RolloutFold on(RolloutResumed event) {
        requireOpen("was resumed");
        pause = Optional.empty();
        // The person who resumes grants a new deadline; else an overdue wave could never go on.
        waves.replaceAll(wave -> wave.withDeadlineFrom(event.at()));
        return this;
    }

    @Override
    public RolloutFold on(DatabasesRetried event) {
        targets = targets.changed(event.databases(), each -> each.applying(event.repair()));
        reopenWavesOf(event.databases(), event.at());
        aborted = Optional.empty();
        closed = Optional.empty();
        reopenedFrom = Optional.empty();
        endRollbackOfNothing();
        return this;
    }

    /** What could not be rolled back goes forward again: nothing of a wave's rollback is left. */
    private void endRollbackOfNothing() {
        boolean left =
                targets.values().stream().anyMatch(each -> each.desired() == DesiredState.ROLLBACK);
        rollback = rollback.filter(each -> left || each.scope() == RollbackScope.ALL);
    }

    @Override
    public RolloutFold on(DatabasesSkipped event) {
        requireOpen("had databases skipped");
        String why = event.reason().isEmpty() ? "" : ": " + event.reason();
        String reason = "skipped by " + event.by() + why;
        targets = targets.changed(event.databases(), each -> each.skipped(reason));
        return this;
    }

    @Override
    public RolloutFold on(DatabasesJoined event) {
        requireOpen("was joined by databases");
        Map<DatabaseId, RolloutTarget> joined = new LinkedHashMap<>(targets);
        for (DatabaseId database : event.databases()) {
            if (joined.put(database, RolloutTarget.first(event.wave())) != null) {
                throw fault("was joined twice by " + database);
            }
        }
        targets = TargetMap.frozen(joined);
        reopenWavesOf(event.databases(), event.at());
        return this;
    }

    @Override
    public RolloutFold on(RollbackRequested event) {
        targets =
                targets.changed(
                        event.databases(),
                        each -> each.goingBack(event.reason(), event.terms(), event.repair()));
        reopenWavesOf(event.databases(), event.at());
        boolean wider = rollback.isEmpty() || rollback.get().scope() != RollbackScope.ALL;
        rollback = wider ? Optional.of(event) : rollback;
        reopenedFrom =
                closed.map(RolloutClosed::outcome)
                        .or(() -> aborted.map(each -> RolloutOutcome.ABORTED))
                        .or(() -> reopenedFrom);
        aborted = Optional.empty();
        closed = Optional.empty();
        return this;
    }

    @Override
    public RolloutFold on(RolloutAborted event) {
        requireOpen("was aborted");
        aborted = Optional.of(event);
        return this;
    }

    @Override
    public RolloutFold on(RolloutClosed event) {
        requireOpen("was closed");
        closed = Optional.of(event);
        rollback = Optional.empty();
        reopenedFrom = Optional.empty();
        return this;
    }

    private RolloutFold wave(int index, boolean started, UnaryOperator<WaveState> change) {
        requireOpen("had a decision about wave " + index);
        if (index < 0 || index >= waves.size() || waves.get(index).isStarted() != started) {
            String state = started ? " that is to have started" : " that is not to have started";
            throw fault("has no wave " + index + " of " + waves.size() + state);
        }
        waves.set(index, change.apply(waves.get(index)));
        return this;
    }

    private void reopenWavesOf(Collection<DatabaseId> databases, Instant at) {
        Collection<Integer> affected = new TreeSet<>();
        databases.forEach(each -> affected.add(targets.get(each).wave()));
        affected.forEach(index -> waves.set(index, waves.get(index).unsettled(at)));
    }

    private void requireOpen(String what) {
        if (closed.isPresent()) {
            throw fault(what + " after it had been closed");
        }
    }

    private Fault fault(String what) {
        return new Fault(
                "rollout " + before.id() + " " + what + ", at event " + (before.sequence() + 1));
    }
}
