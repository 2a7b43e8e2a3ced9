package dev.skein.ops.rehearse;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.ops.trial.SampleValues;
import dev.skein.ops.trial.SchemaPrint;
import dev.skein.ops.trial.Trial;
import dev.skein.ops.trial.TrialFailure;
import dev.skein.ops.trial.TrialStep;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.StatementStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scratch database of one rehearsal. It can be set up anew, as it was after any number of
 * migrations, where a down has left it in a state that leads nowhere.
 */
final class RehearsalDatabase implements AutoCloseable {
    private final ScratchServer server;
    private final Optional<String> template;
    private final Plan plan;
    private final SampleValues samples;
    private final List<TrialStep> played = new ArrayList<>();

    private ScratchDatabase database;
    private Trial trial;
    private SchemaPrint print;

    RehearsalDatabase(
            ScratchServer server, Optional<String> template, Plan plan, SampleValues samples) {
        this.server = server;
        this.template = template;
        this.plan = plan;
        this.samples = samples;
        open();
    }

    private void open() {
        database = server.create(template);
        trial = new Trial(plan, database, samples);
        try {
            trial.keepBooks();
        } catch (TrialFailure failed) {
            close();
            throw failed;
        }
    }

    /** The roles that steps made and that are still there. */
    List<String> madeRoles() {
        return trial.madeRoles();
    }

    /** Drops such roles. */
    void dropRoles(List<String> roles) {
        if (!roles.isEmpty()) {
            trial.dropRoles(roles);
        }
    }

    /** A connection for questions. */
    Connection connection() throws SQLException {
        return trial.connection();
    }

    /** The schema as it is; read anew only if something ran since. */
    SchemaPrint print() throws SQLException {
        if (print == null) {
            print = SchemaPrint.of(trial.connection(), plan);
        }
        return print;
    }

    /** Runs steps that nobody looks at. */
    void run(List<TrialStep> steps) {
        print = null;
        steps.forEach(trial::run);
    }

    /** Runs what the framework runs around migrations. */
    void play(List<Hooks.Hook> hooks) {
        print = null;
        trial.play(hooks);
    }

    /** Runs the steps, which the stage remembers as done, and looks at each. */
    List<RehearsedStep> apply(Migration migration) throws SQLException {
        List<TrialStep> steps = TrialStep.up(migration);
        List<RehearsedStep> seen = watched(steps);
        played.addAll(steps);
        return seen;
    }

    /** Runs the steps, and looks at each. */
    List<RehearsedStep> watched(List<TrialStep> steps) throws SQLException {
        List<RehearsedStep> seen = new ArrayList<>();
        SchemaPrint before = print();
        for (TrialStep step : steps) {
            LockWatch locks = new LockWatch(database, step.step() instanceof StatementStep);
            print = null;
            Duration elapsed = trial.run(step, locks);
            SchemaPrint after = print();
            seen.add(
                    new RehearsedStep(
                            step.migration().key(),
                            step.up(),
                            step.index(),
                            elapsed,
                            before.digest(),
                            after.digest(),
                            before.changesTo(after),
                            locks.locks()));
            before = after;
        }
        return seen;
    }

    /** Makes a new database and applies on it all that was applied on the old one. */
    void setUpAnew() {
        close();
        open();
        plan.hooks().ifPresent(hooks -> play(hooks.before()));
        run(played);
    }

    @Override
    public void close() {
        trial.close();
        database.close();
    }
}
