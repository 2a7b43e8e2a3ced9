package dev.skein.ops.rehearse;

import dev.skein.engine.SchemaReader;
import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The scratch database of one plan, whose migrations the engine applies there and takes back, each
 * by an order of its own. It can be set up again as it was after any number of migrations, where a
 * down has left it in a state that leads nowhere.
 *
 * <p>Threads: one at a time; blocks. Life cycle: created, any number of orders, {@link #close}.
 */
public final class RehearsalDatabase implements AutoCloseable {
    private final ScratchServer server;
    private final Optional<String> template;
    private final Plan plan;
    private final RehearsalHost host;
    private final ScratchEngine engine;
    private final RehearsalOrders orders;
    private final SchemaReader reader;
    private final RehearsedPlan progress;

    private Optional<ScratchDatabase> database = Optional.empty();
    private Connection connection;
    private Optional<SchemaPrint> print = Optional.empty();
    private Optional<OrderIssued> last = Optional.empty();
    private int rollouts;

    /**
     * Creates the database, with the ledger and the framework's own tables in it.
     *
     * @param template the database whose copy it is; an empty one where absent
     * @throws RehearsalFailure if the engine cannot work there
     */
    public RehearsalDatabase(
            ScratchServer server, Optional<String> template, Plan plan, RehearsalHost host) {
        UnrehearsedSteps.reason(plan, host.runners())
                .ifPresent(
                        reason -> {
                            throw new RehearsalFailure(
                                    "the plan cannot be rehearsed: " + reason, null);
                        });
        this.server = server;
        this.template = template;
        this.plan = plan;
        this.host = host;
        this.engine = new ScratchEngine(server, host);
        this.orders = new RehearsalOrders(engine, host.samples());
        this.reader = orders.schemaReader(plan);
        this.progress = new RehearsedPlan(plan, !reader.frameworkTables().isEmpty());
        try {
            open();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void open() {
        database = Optional.of(server.create(template));
        orders.begin();
        try {
            if (template.isPresent()) {
                progress.foundInTemplate(AppliedInTemplate.of(this, plan));
                execute("drop schema if exists skein cascade");
                orders.begin();
            }
            orders.prepare(name(), plan);
        } catch (SQLException failed) {
            throw new RehearsalFailure(
                    "the copy of template "
                            + template.orElse("")
                            + " cannot be read: "
                            + failed.getMessage(),
                    failed);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** Keys of the migrations that the template had already; empty where there is none. */
    public Set<String> passedOver() {
        return progress.inTemplate();
    }

    /** The database itself. */
    public ScratchDatabase database() {
        return database.orElseThrow();
    }

    private String name() {
        return database().name();
    }

    /** How its schema is read. */
    public SchemaReader reader() {
        return reader;
    }

    RehearsalOrders orders() {
        return orders;
    }

    StepRecorder recorder() {
        return new StepRecorder(engine);
    }

    /** A connection for questions, without settings or temporary tables of the questions before. */
    public Connection connection() throws SQLException {
        if (connection == null || connection.isClosed()) {
            connection = database().connect();
        } else {
            try (Statement statement = connection.createStatement()) {
                statement.execute("discard all");
            }
        }
        return connection;
    }

    /** Closes the connection for questions: a database that is copied has none. */
    public void disconnect() {
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

    /** The schema as it is; read again only if something ran since. */
    public SchemaPrint print() throws SQLException {
        if (print.isEmpty()) {
            print = Optional.of(read());
        }
        return print.get();
    }

    SchemaPrint read() throws SQLException {
        return SchemaPrint.of(connection(), reader);
    }

    /** The roles that migrations made here and that are still there. */
    public List<String> madeRoles() throws SQLException {
        return database().madeRoles(connection());
    }

    /** Drops such roles, so that the migrations can make them again. */
    void dropRoles(List<String> roles) throws SQLException {
        if (!roles.isEmpty()) {
            database().dropRoles(connection(), roles);
        }
    }

    /** Runs what the framework runs before this migration, which is the first one. */
    public void runHooksBefore(Migration first) {
        List<Hooks.Hook> before = progress.before();
        if (!before.isEmpty()) {
            print = Optional.empty();
            try {
                orders.runHooksBefore(name(), progress.upTo(first), before.size());
            } finally {
                note(stepsOf(before));
            }
        }
    }

    /** Applies one migration more. */
    public void apply(Migration migration) {
        apply(migration, recorder());
    }

    /** Applies one migration more, and looks at each of its steps. */
    AppliedMigration watched(Migration migration) {
        StepRecorder recorder = new StepRecorder(engine, this);
        RolloutId rollout = apply(migration, recorder);
        return new AppliedMigration(rollout, recorder.steps());
    }

    /** Runs what the framework runs behind the last migration that was applied. */
    void runHooksAfter() {
        if (last.isPresent() && !progress.after().isEmpty()) {
            print = Optional.empty();
            try {
                orders.finish(last.get(), progress.soFar());
            } finally {
                note(stepsOf(progress.after()));
            }
        }
    }

    private static List<Step> stepsOf(List<Hooks.Hook> hooks) {
        return hooks.stream().map(Hooks.Hook::step).toList();
    }

    /**
     * A migration that was applied.
     *
     * @param rollout by which it can be rolled back
     * @param steps what its steps did
     */
    record AppliedMigration(RolloutId rollout, List<RehearsedStep> steps) {}

    private RolloutId apply(Migration migration, StepRecorder recorder) {
        RolloutId rollout = nextRollout();
        print = Optional.empty();
        boolean first = progress.add(migration);
        try {
            int steps = steps(List.of(migration));
            last = Optional.of(orders.apply(name(), progress.soFar(), rollout, steps, recorder));
        } catch (RehearsalFailure failed) {
            if (first) {
                progress.remove(migration);
            }
            throw failed;
        } finally {
            note(migration.up());
        }
        return rollout;
    }

    private RolloutId nextRollout() {
        rollouts++;
        return new RolloutId("rehearsal-" + rollouts);
    }

    /** Takes back what that rollout applied, and looks at each step. */
    List<RehearsedStep> rollBack(Migration migration, RolloutId rollout) {
        StepRecorder recorder = new StepRecorder(engine, this);
        print = Optional.empty();
        try {
            orders.rollBack(name(), progress.soFar(), rollout, recorder);
        } finally {
            note(migration.down().orElse(List.of()));
        }
        return recorder.steps();
    }

    /** Makes a new database and applies on it all that was applied on the old one. */
    void setUpAgain() {
        disconnect();
        database().close();
        open();
        print = Optional.empty();
        List<Migration> again = progress.applied();
        last =
                Optional.of(
                        orders.apply(
                                name(),
                                progress.fromTheBeginning(),
                                nextRollout(),
                                steps(again),
                                recorder()));
        note(stepsOf(progress.before()));
        again.forEach(migration -> note(migration.up()));
    }

    /** A migration without a step counts as one. */
    private static int steps(List<Migration> migrations) {
        return migrations.stream().mapToInt(each -> Math.max(1, each.up().size())).sum();
    }

    /** The text with the sample values in the places of the plan's parameters. */
    public String filled(String sql) {
        return host.samples().filled(plan, database(), sql);
    }

    /** A migration may make roles, which outlive its database. */
    private void note(List<Step> steps) {
        steps.forEach(each -> database().ran(textOf(each)));
    }

    private String textOf(Step step) {
        return step instanceof DelegatedStep delegated
                ? host.runners().textOf(delegated)
                : filled(step.text());
    }

    @Override
    public void close() {
        try {
            disconnect();
            database.ifPresent(ScratchDatabase::close);
        } finally {
            orders.close();
        }
    }
}
