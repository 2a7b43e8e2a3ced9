package dev.skein.ops.sim;

import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A backend of a tenant database that holds Skein's lock. It may outlive its client: a statement
 * goes on although nobody waits for it, and the lock is held until the server notices.
 */
final class Session {
    private static final long NOTICED_MICROS = 2 * Agenda.SECOND;

    private final World world;
    private final SimDatabase database;
    private final Life client;
    private final RolloutId rollout;
    private final Instant since;
    private Optional<Work> running = Optional.empty();
    private boolean orphaned;
    private boolean closed;

    Session(World world, SimDatabase database, Life client, RolloutId rollout) {
        this.world = world;
        this.database = database;
        this.client = client;
        this.rollout = rollout;
        since = world.agenda().now();
        database.lockedBy(this);
        world.auditor().opened(this);
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOpen() {
        return !closed && !orphaned;
    }

    /** Whether a step of this rollout is under way. */
    boolean isAtWork(RolloutId of) {
        return rollout.equals(of) && running.filter(Work::isStep).isPresent();
    }

    Blocker asBlocker() {
        String state = running.isPresent() ? "active" : "idle";
        return new Blocker(1, "skein", "skein", state, Optional.of(since));
    }

    /** Runs one thing; the reply comes unless the client dies before. */
    void run(Work work, Consumer<Reply> replied) {
        Violation.unless(
                isOpen() && running.isEmpty(), database.id() + " is to run two things at once");
        running = Optional.of(work);
        long duration = world.dice().between(1, work.longestMillis()) * Agenda.MILLI;
        Optional<StepFailure> refusal = work.begin();
        FaultMix faults = world.faults();
        if (refusal.isPresent()) {
            fails(work, duration, Reply.Failed.refused(refusal.get()), replied);
        } else if (work.isStep() && world.dice().chance(faults.lockTimeout())) {
            world.count("lock timeout");
            fails(work, duration, Reply.Failed.refused(lockTimeout()), replied);
        } else if (world.dice().chance(faults.connectionLost())) {
            loses(work, duration, replied);
        } else {
            ends(work, duration, replied);
        }
    }

    private void fails(Work work, long duration, Reply reply, Consumer<Reply> replied) {
        world.agenda()
                .in(
                        duration,
                        Life.FOREVER,
                        () -> {
                            if (isDoing(work)) {
                                running = Optional.empty();
                                closeIfOrphaned();
                                reply(reply, replied);
                            }
                        });
    }

    private void ends(Work work, long duration, Consumer<Reply> replied) {
        world.agenda()
                .in(
                        duration,
                        Life.FOREVER,
                        () -> {
                            if (isDoing(work)) {
                                Reply reply = work.end();
                                running = Optional.empty();
                                closeIfOrphaned();
                                reply(reply, replied);
                            }
                        });
    }

    /** The connection goes while the work is under way; only the server knows how it ends. */
    private void loses(Work work, long duration, Consumer<Reply> replied) {
        world.count("connection lost");
        long when = world.dice().between(0, duration);
        ends(work, duration, reply -> {});
        world.agenda()
                .in(
                        when,
                        client,
                        () -> {
                            clientGone();
                            reply(new Reply.Failed(lost(), Reply.Failed.Nature.LOST), replied);
                        });
    }

    private boolean isDoing(Work work) {
        return running.isPresent() && running.get() == work;
    }

    private void reply(Reply reply, Consumer<Reply> replied) {
        if (!client.isOver()) {
            world.agenda().in(world.latency(), client, () -> replied.accept(reply));
        }
    }

    /** Nobody is at the other end any more. */
    void clientGone() {
        if (!isOpen()) {
            return;
        }
        orphaned = true;
        boolean goesOn = running.isPresent() && world.dice().chance(world.faults().zombie());
        if (goesOn) {
            world.count("zombie backend");
            return;
        }
        running = Optional.empty();
        long notice = world.dice().between(0, NOTICED_MICROS);
        world.agenda().in(notice, Life.FOREVER, this::close);
    }

    private void closeIfOrphaned() {
        if (orphaned) {
            close();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            Violation.unless(
                    database.holder().filter(this::equals).isPresent(),
                    database.id() + ": a session lost the lock it held");
            database.unlocked();
        }
    }

    private StepFailure lockTimeout() {
        Blocker somebody = new Blocker(2, "app", "shop", "idle in transaction", Optional.of(since));
        return new StepFailure(
                "lock-timeout", Optional.of("55P03"), "lock not acquired", true, List.of(somebody));
    }

    private static StepFailure lost() {
        return new StepFailure(
                "connection-lost", Optional.empty(), "the connection is gone", true, List.of());
    }

    @Override
    public String toString() {
        return database.id() + (orphaned ? ", a backend without a client" : "");
    }
}
