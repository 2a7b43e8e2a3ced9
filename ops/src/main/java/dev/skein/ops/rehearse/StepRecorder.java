package dev.skein.ops.rehearse;

import dev.skein.engine.ExecutionObserver;
import dev.skein.engine.ReportSink;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.TableLock;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what one order reports and, where it is asked to look, what each of its steps did to the
 * schema and which locks it held.
 *
 * <p>The engine calls it on its own thread and waits for each answer, so that one call follows on
 * the other; the rehearsal reads it when the order has ended.
 */
final class StepRecorder implements ExecutionObserver, ReportSink {
    private final ScratchEngine engine;
    private final Optional<RehearsalDatabase> looksAt;
    private final List<FleetEvent> events = new ArrayList<>();
    private final List<RehearsedStep> steps = new ArrayList<>();

    private Optional<StepSucceeded> unrecorded = Optional.empty();
    private Optional<LockWatch> locks = Optional.empty();
    private Optional<SchemaPrint> before = Optional.empty();
    private Optional<String> detail = Optional.empty();
    private Duration looking = Duration.ZERO;

    /** Only keeps reports. */
    StepRecorder(ScratchEngine engine) {
        this(engine, Optional.empty());
    }

    /** Looks at each step in that database. */
    StepRecorder(ScratchEngine engine, RehearsalDatabase database) {
        this(engine, Optional.of(database));
    }

    private StepRecorder(ScratchEngine engine, Optional<RehearsalDatabase> looksAt) {
        this.engine = engine;
        this.looksAt = looksAt;
    }

    @Override
    public Future<Void> report(Envelope envelope) {
        events.add(envelope.event());
        if (envelope.event() instanceof StepSucceeded succeeded) {
            unrecorded = Optional.of(succeeded);
        }
        return Future.succeededFuture();
    }

    /** Stops an order when it has done so many steps of that direction. */
    Permit permitUntil(Direction direction, int steps) {
        long done =
                events.stream()
                        .filter(StepSucceeded.class::isInstance)
                        .map(event -> ((StepSucceeded) event).step().direction())
                        .filter(direction::equals)
                        .count();
        return done < steps ? Permit.go() : Permit.stopped();
    }

    @Override
    public boolean looksIntoScripts() {
        return looksAt.isPresent();
    }

    @Override
    public Future<Void> betweenSteps() {
        return elsewhere(this::record);
    }

    private void record(RehearsalDatabase database) throws SQLException {
        SchemaPrint after = database.read();
        unrecorded
                .filter(step -> step.step().direction() != Direction.HOOK)
                .ifPresent(step -> steps.add(recorded(step, before.orElseThrow(), after)));
        unrecorded = Optional.empty();
        locks = Optional.empty();
        looking = Duration.ZERO;
        before = Optional.of(after);
    }

    private RehearsedStep recorded(StepSucceeded step, SchemaPrint then, SchemaPrint now) {
        Duration elapsed = step.elapsed().minus(looking);
        return new RehearsedStep(
                step.step().migration(),
                step.step().direction() == Direction.UP,
                step.step().index(),
                elapsed.isNegative() ? Duration.ZERO : elapsed,
                then.digest(),
                now.digest(),
                then.changesTo(now),
                locks.map(LockWatch::locks).orElse(List.<TableLock>of()));
    }

    @Override
    public Future<Void> beforeStep(int backend, boolean transactional) {
        return elsewhere(
                database -> {
                    locks = Optional.of(LockWatch.begin(database, backend, !transactional));
                });
    }

    @Override
    public Future<Void> beforeCommit(int backend) {
        return elsewhere(
                database -> {
                    long begun = System.nanoTime();
                    locks.orElseThrow().look(database.connection(), backend);
                    looking = Duration.ofNanos(System.nanoTime() - begun);
                });
    }

    @Override
    public void afterStep() {
        locks.ifPresent(LockWatch::end);
    }

    @Override
    public void refusedWith(String said) {
        detail = Optional.of(said);
    }

    /** What the order's last step did is seen when the order has ended. */
    void finish() {
        if (unrecorded.isPresent()) {
            ScratchEngine.await(betweenSteps());
        }
    }

    /** What looks at the database blocks. */
    private Future<Void> elsewhere(Looking looking) {
        return looksAt.isEmpty()
                ? Future.succeededFuture()
                : engine.blocking(
                        () -> {
                            looking.at(looksAt.get());
                            return null;
                        });
    }

    /** The first report of that kind. */
    <E extends FleetEvent> Optional<E> first(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** What the server said beside its message when it refused a statement. */
    Optional<String> detail() {
        return detail;
    }

    /** The steps that were looked at, in order. */
    List<RehearsedStep> steps() {
        return List.copyOf(steps);
    }

    /** Asks the database. */
    private interface Looking {
        void at(RehearsalDatabase database) throws SQLException;
    }
}
