package dev.skein.ops.trial;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A scratch database on which the steps of one plan are played.
 *
 * <p>Threads: one at a time. Life cycle: created on a database, any number of {@link #run}, {@link
 * #close}, which leaves the database to its owner.
 */
public final class Trial implements AutoCloseable {
    private final ScratchDatabase database;
    private final Map<String, String> values;
    private final String books;

    private Connection connection;

    /** On that database, as it is. */
    public Trial(Plan plan, ScratchDatabase database, SampleValues samples) {
        this.database = database;
        this.values = samples.of(plan, database);
        this.books = Books.of(plan).creation();
    }

    /**
     * Creates the framework's own tables where they are absent, as an agent does before it applies
     * anything: a migration may grant rights on them, or read them.
     *
     * @throws TrialFailure if the server refuses it
     */
    public void keepBooks() {
        try {
            if (!books.isEmpty()) {
                freshen();
                execute(books);
            }
        } catch (SQLException failure) {
            close();
            throw new TrialFailure(
                    "creating the version table failed: " + ServerAnswer.of(failure, books),
                    failure);
        }
    }

    /** The roles that steps made here and that are still there. */
    public List<String> madeRoles() {
        return onRoles(database::madeRoles);
    }

    /** Drops roles that steps made here, so that the steps can make them again. */
    public void dropRoles(List<String> roles) {
        onRoles(
                asked -> {
                    database.dropRoles(asked, roles);
                    return roles;
                });
    }

    private List<String> onRoles(Asking asking) {
        try {
            return asking.ask(connection());
        } catch (SQLException failure) {
            close();
            throw new TrialFailure(
                    "the roles that migrations made cannot be seen to: " + failure.getMessage(),
                    failure);
        }
    }

    /** Runs what the framework runs around migrations. */
    public void play(List<Hooks.Hook> hooks) {
        for (Hooks.Hook hook : hooks) {
            run("hook " + hook.name(), hook.step(), StepWatch.none());
        }
    }

    /** Runs a step that nobody looks at. */
    public Duration run(TrialStep step) {
        return run(step, StepWatch.none());
    }

    /**
     * Runs a step to its end.
     *
     * @return how long its SQL took
     * @throws TrialFailure if the server refuses it
     */
    public Duration run(TrialStep step, StepWatch watch) {
        return run(step.place(), step.step(), watch);
    }

    /**
     * Runs a step to its end.
     *
     * @param place what a person calls it
     */
    public Duration run(String place, Step step, StepWatch watch) {
        try {
            freshen();
            watch.before(connection);
            Play play = new Play(place, watch);
            step.accept(play);
            database.ran(play.sent.toString(), connection);
            return Duration.ofNanos(play.nanos);
        } catch (SQLException failure) {
            // After a refusal inside a transaction the connection is of no more use.
            close();
            throw new TrialFailure(place + " failed: " + failure.getMessage(), failure);
        } finally {
            watch.after();
        }
    }

    /** A connection without transaction, settings or temporary tables of the steps before. */
    public Connection connection() throws SQLException {
        freshen();
        return connection;
    }

    private void freshen() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = database.connect();
        } else {
            execute("discard all");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** The text with the sample values in the places of the plan's parameters. */
    public String filled(String sql) {
        String text = sql;
        for (Map.Entry<String, String> each : values.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text;
    }

    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException gone) {
            // The server has closed it already.
        } finally {
            connection = null;
        }
    }

    /** One step, as an agent runs it. */
    private final class Play implements Step.Visitor<Void> {
        private final String place;
        private final StepWatch watch;

        /** Spent on the step's own SQL, and not on looking at it. */
        private long nanos;

        private final StringBuilder sent = new StringBuilder();

        Play(String place, StepWatch watch) {
            this.place = place;
            this.watch = watch;
        }

        @Override
        public Void on(ScriptStep step) {
            return guarded(
                    filled(step.sql()),
                    sql -> {
                        timed("begin");
                        timed(sql);
                        watch.beforeCommit(connection);
                        timed("commit");
                    });
        }

        @Override
        public Void on(StatementStep step) {
            for (String setting : step.session()) {
                guarded(filled(setting), this::timed);
            }
            return guarded(filled(step.sql()), this::timed);
        }

        @Override
        public Void on(CheckStep step) {
            return guarded(filled(step.query()), sql -> check(step, sql));
        }

        private void timed(String sql) throws SQLException {
            sent.append(sql).append('\n');
            long begun = System.nanoTime();
            execute(sql);
            nanos += System.nanoTime() - begun;
        }

        private void check(CheckStep step, String sql) throws SQLException {
            timed("begin read only");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                String found = rows.next() ? rows.getString(1) : null;
                if (!step.expected().equals(found)) {
                    throw new TrialFailure(
                            "%s failed: the check '%s' answers '%s' and not '%s'"
                                    .formatted(place, step.name(), found, step.expected()),
                            null);
                }
            }
            execute("rollback");
        }

        private Void guarded(String sql, Sending sending) {
            try {
                sending.send(sql);
                return null;
            } catch (SQLException failure) {
                close();
                throw new TrialFailure(
                        place + " failed: " + ServerAnswer.of(failure, sql), failure);
            } catch (TrialFailure failed) {
                close();
                throw failed;
            }
        }
    }

    /** Sees to roles. */
    private interface Asking {
        List<String> ask(Connection connection) throws SQLException;
    }

    /** Sends a text to the server. */
    private interface Sending {
        void send(String sql) throws SQLException;
    }
}
