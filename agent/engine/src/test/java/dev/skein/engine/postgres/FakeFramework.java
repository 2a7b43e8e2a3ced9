package dev.skein.engine.postgres;

import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.engine.runner.Runners;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Does in a database what Knex does with one migration: takes the lock row, makes or drops a table,
 * writes or deletes the row, gives the lock back. A test says what goes wrong.
 */
final class FakeFramework implements Runners {
    /** What a run does. */
    enum Conduct {
        /** It does as it should. */
        RIGHT,
        /** It fails, and has changed nothing. */
        FAILS,
        /** It fails in passing, and has changed nothing. */
        FAILS_IN_PASSING,
        /** It dies, and leaves a session behind. */
        DIES,
        /** It fails after it has committed. */
        FAILS_AFTER_COMMIT,
        /** It fails after it has made the table, which the version table does not tell. */
        FAILS_HALF_WAY,
        /** It reports success and has changed nothing. */
        NOTHING,
        /** It runs another migration besides. */
        MORE,
        /** It takes the lock and is killed. */
        DIES_WITH_LOCK,
        /** It is killed, and meanwhile somebody else has begun. */
        DIES_BESIDE_ANOTHER,
        /** It waits until {@link #goOn}, in a session of its own, and does then as it should. */
        WAITS
    }

    private final ExecutionFixture fixture;
    private final Deque<Conduct> conducts = new ArrayDeque<>();
    private final List<String> runs = new ArrayList<>();
    private final Promise<Void> released = Promise.promise();
    private final Promise<Void> begun = Promise.promise();
    private final Promise<Void> awaited = Promise.promise();
    private volatile Future<Void> last = Future.succeededFuture();

    FakeFramework(ExecutionFixture fixture) {
        this.fixture = fixture;
    }

    /** What the next runs do; those after them do as they should. */
    FakeFramework then(Conduct... next) {
        conducts.addAll(List.of(next));
        return this;
    }

    /** Each run as {@code up 2_b.js}. */
    synchronized List<String> runs() {
        return List.copyOf(runs);
    }

    /** Completes once a run that waits has begun. */
    Future<Void> begun() {
        return begun.future();
    }

    /** Completes once somebody waits for an earlier run. */
    Future<Void> awaited() {
        return awaited.future();
    }

    void goOn() {
        released.complete();
    }

    @Override
    public synchronized Run start(RunRequest request) {
        String name = request.direction().label() + " " + request.step().migration();
        runs.add(name);
        Conduct conduct = conducts.isEmpty() ? Conduct.RIGHT : conducts.pop();
        Future<RunEnd> end = conduct == Conduct.WAITS ? later(request) : now(conduct, request);
        last = end.mapEmpty();
        return new Run() {
            @Override
            public Future<RunEnd> ended() {
                return end;
            }

            @Override
            public Optional<String> lastLine() {
                return Optional.of(name);
            }

            @Override
            public void stop() {
                released.tryFail("stopped");
            }
        };
    }

    private Future<RunEnd> later(RunRequest request) {
        begun.complete();
        return released.future()
                .compose(free -> now(Conduct.RIGHT, request))
                .otherwise(stopped -> new RunEnd(Optional.of(failure(false)), "stopped"));
    }

    private Future<RunEnd> now(Conduct conduct, RunRequest request) {
        if (conduct == Conduct.RIGHT
                || conduct == Conduct.MORE
                || conduct == Conduct.FAILS_AFTER_COMMIT) {
            migrate(request.step().migration(), request.direction());
        }
        if (conduct == Conduct.DIES_WITH_LOCK) {
            takeLock(request.applicationName());
        }
        if (conduct == Conduct.DIES_BESIDE_ANOTHER) {
            takeLock("somebody");
        }
        if (conduct == Conduct.DIES) {
            leaveSession(request.applicationName());
        }
        if (conduct == Conduct.FAILS_HALF_WAY) {
            fixture.execute("create table %s (n int)".formatted(table(request)));
        }
        if (conduct == Conduct.MORE) {
            fixture.execute(
                    "insert into knex_migrations (name, batch, migration_time)"
                            + " values ('3_c.js', 7, now())");
        }
        return Future.succeededFuture(new RunEnd(failure(conduct), "output"));
    }

    private static String table(RunRequest request) {
        return request.step().migration().substring(2, 3);
    }

    private static Optional<StepFailure> failure(Conduct conduct) {
        return switch (conduct) {
            case FAILS,
                    DIES,
                    FAILS_AFTER_COMMIT,
                    FAILS_HALF_WAY,
                    DIES_WITH_LOCK,
                    DIES_BESIDE_ANOTHER ->
                    Optional.of(failure(false));
            case FAILS_IN_PASSING -> Optional.of(failure(true));
            default -> Optional.empty();
        };
    }

    private static StepFailure failure(boolean passing) {
        return new StepFailure(
                "runner-failed", Optional.empty(), "the program says no", passing, List.of());
    }

    /** As Knex does for what runs outside of a transaction. */
    private void takeLock(String applicationName) {
        fixture.execute(
                "set application_name = '"
                        + applicationName
                        + "'; update knex_migrations_lock set is_locked = 1 where is_locked = 0");
    }

    /** Nobody closes it: the server does not know yet that its client is gone. */
    private void leaveSession(String applicationName) {
        try {
            fixture.connect()
                    .createStatement()
                    .execute("set application_name to '" + applicationName + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void migrate(String name, Direction direction) {
        String table = name.substring(2, 3);
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            int taken =
                    statement.executeUpdate(
                            "update knex_migrations_lock set is_locked = 1 where is_locked = 0");
            if (taken != 1) {
                throw new AssertionError("the framework's lock is taken");
            }
            statement.execute(
                    direction == Direction.UP
                            ? "create table %s (n int); insert into knex_migrations (name, batch,"
                                            .formatted(table)
                                    + " migration_time) values ('%s', 7, now())".formatted(name)
                            : "drop table %s; delete from knex_migrations where name = '%s'"
                                    .formatted(table, name));
            statement.execute("update knex_migrations_lock set is_locked = 0");
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Future<Void> earlierEnded(DatabaseId database) {
        awaited.tryComplete();
        return last;
    }

    @Override
    public Duration timeLimit(String runner) {
        return Duration.ofMinutes(1);
    }
}
