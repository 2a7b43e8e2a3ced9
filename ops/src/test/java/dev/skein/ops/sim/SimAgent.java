package dev.skein.ops.sim;

import dev.skein.agent.order.OrderAction;
import dev.skein.agent.order.OrderScheduler;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** An agent's process around the production order board and walks; may die at any moment. */
final class SimAgent implements OrderAction.Visitor<Void> {
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int IN_FLIGHT_MAX = 3;

    private final World world;
    private final AgentId id;
    private final List<String> servers;
    private final SimServers fleet;
    private final SortedMap<DatabaseId, Visit> walks = new TreeMap<>();
    private Life life = new Life();
    private Life down = new Life();
    private OrderScheduler board;
    private SimReporter reporter;
    private LogReader rollouts;
    private LogReader orders;
    private Set<DatabaseId> announced = Set.of();
    private boolean live;
    private boolean stopping;
    private int runs;

    SimAgent(World world, AgentId id, List<String> servers, SimServers fleet) {
        this.world = world;
        this.id = id;
        this.servers = servers;
        this.fleet = fleet;
    }

    Life life() {
        return life;
    }

    void start() {
        life = new Life();
        runs++;
        live = false;
        stopping = false;
        announced = Set.of();
        SortedMap<String, Integer> limits = new TreeMap<>();
        servers.forEach(server -> limits.put(server, IN_FLIGHT_MAX));
        board = new OrderScheduler(id, limits);
        reporter = new SimReporter(world, life);
        rollouts = new LogReader(world, life, this::rollout, () -> {});
        orders = new LogReader(world, life, this::order, () -> {});
        say(new AgentStarted(id, instance(), servers, HEARTBEAT, world.agenda().now()));
        rollouts.follow(world.log().of(Topic.ROLLOUTS));
        rollouts.whenCaughtUp(this::rolloutsKnown);
        world.agenda().in(HEARTBEAT, life, this::beat);
    }

    private String instance() {
        return id + "-" + runs;
    }

    private void rolloutsKnown() {
        discover();
        orders.follow(world.log().of(Topic.ORDERS));
        orders.whenCaughtUp(
                () -> {
                    live = true;
                    carryOut(board.databases(announced, new TreeSet<>(servers)));
                    rollouts.whenCaughtUp(() -> carryOut(board.open()));
                });
    }

    private void discover() {
        Set<DatabaseId> found = new TreeSet<>(fleet.databasesOf(servers));
        if (found.equals(announced)) {
            return;
        }
        announced = found;
        for (String server : servers) {
            say(
                    new ServerAnnounced(
                            id,
                            instance(),
                            server,
                            IN_FLIGHT_MAX,
                            fleet.announced(server),
                            Optional.empty(),
                            world.agenda().now()));
        }
        if (live) {
            carryOut(board.databases(announced, new TreeSet<>(servers)));
        }
    }

    private void beat() {
        if (stopping) {
            return;
        }
        say(
                new AgentHeartbeat(
                        id, instance(), board.inFlight(), board.waiting(), world.agenda().now()));
        hideOne();
        discover();
        world.agenda().in(HEARTBEAT, life, this::beat);
        if (world.dice().chance(world.faults().silence())) {
            silent();
        }
        if (world.dice().chance(world.faults().agentRestart())) {
            stop();
        }
    }

    private void hideOne() {
        if (!announced.isEmpty() && world.dice().chance(world.faults().hidden())) {
            world.count("database out of sight");
            DatabaseId id = world.dice().pick(List.copyOf(announced));
            long micros = world.dice().between(1, 20) * Agenda.SECOND;
            fleet.hide(id);
            world.agenda().in(micros, Life.FOREVER, () -> fleet.show(id));
        }
    }

    /** The log is out of reach for a while; the databases are not. */
    private void silent() {
        world.count("silent agent");
        long micros = world.dice().between(1, 20) * Agenda.SECOND;
        rollouts.cut(micros);
        orders.cut(micros);
        reporter.cut(micros);
    }

    private void stop() {
        world.count("orderly restart");
        stopping = true;
        board.close();
        endIfIdle();
    }

    private void endIfIdle() {
        if (stopping && walks.isEmpty()) {
            Envelope last = envelope(new AgentStopped(id, instance(), world.agenda().now()));
            reporter.say(Topic.AGENTS, last, this::end);
        }
    }

    /** It dies somewhere within its next actions. */
    void crashSoon() {
        world.agenda().in(world.dice().between(0, 300) * Agenda.MILLI, life, this::crash);
    }

    private void crash() {
        world.count("agent crash");
        world.note("agent " + id + " dies");
        walks.values().forEach(Visit::abandon);
        end();
    }

    private void end() {
        end(world.dice().between(1, 10) * Agenda.SECOND);
    }

    /** It dies now, and is started again after this time. */
    void halt(long micros) {
        walks.values().forEach(Visit::abandon);
        end(micros);
    }

    private void end(long micros) {
        life.end();
        walks.clear();
        down.end();
        down = new Life();
        world.agenda().in(micros, down, this::start);
    }

    private void rollout(LogRecord record) {
        if (record.envelope().event() instanceof RolloutEvent event) {
            carryOut(board.rollout(record.envelope().sequence(), event));
        }
    }

    private void order(LogRecord record) {
        carryOut(board.order((OrderIssued) record.envelope().event(), live));
    }

    Permit permit(OrderIssued order) {
        return board.permit(order);
    }

    void ended(OrderIssued order, ExecutionEnd end, Optional<OrderPaused> pause, boolean recorded) {
        world.note(order.database() + " epoch " + order.epoch() + " leaves " + end);
        walks.remove(order.database());
        if (recorded) {
            board.recorded(order);
        }
        carryOut(board.ended(order, end, pause));
        endIfIdle();
    }

    private void carryOut(List<OrderAction> actions) {
        actions.forEach(action -> action.accept(this));
    }

    @Override
    public Void on(OrderAction.Execute action) {
        OrderIssued order = action.order();
        SimDatabase database = fleet.database(order.database());
        Visit walk =
                order.kind().changesSchema()
                        ? new SimExecution(world, this, order, database)
                        : new SimSurveyExecution(world, this, order, database);
        Violation.unless(
                walks.put(order.database(), walk) == null, order.database() + " has two walks");
        Violation.unless(
                walks.keySet().stream().filter(each -> sameServer(each, order)).count()
                        <= IN_FLIGHT_MAX,
                "server " + order.database().server() + " has too many walks");
        world.agenda().in(world.latency(), life, walk::begin);
        return null;
    }

    private static boolean sameServer(DatabaseId database, OrderIssued order) {
        return database.server().equals(order.database().server());
    }

    @Override
    public Void on(OrderAction.ConfirmPause action) {
        OrderIssued order = action.order();
        report(
                new OrderPaused(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        action.pause(),
                        action.progress(),
                        world.agenda().now()));
        return null;
    }

    @Override
    public Void on(OrderAction.ConfirmStop action) {
        OrderIssued order = action.order();
        report(
                new OrderStopped(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        action.progress(),
                        world.agenda().now()));
        return null;
    }

    @Override
    public Void on(OrderAction.ReportAbsent action) {
        OrderIssued order = action.order();
        world.count("database absent");
        StepFailure absent =
                new StepFailure("unknown-database", Optional.empty(), "absent", false, List.of());
        report(
                new DatabaseFailed(
                        order.database(),
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        absent,
                        new Progress(0, 0),
                        world.agenda().now()));
        return null;
    }

    private void report(StepEvent event) {
        say(Topic.PROGRESS, Envelope.uncounted("database:" + event.database(), event), () -> {});
    }

    boolean isLogRestored() {
        return world.log().restores() > 0;
    }

    void say(Topic topic, Envelope envelope, Runnable acknowledged) {
        reporter.say(topic, envelope, acknowledged);
    }

    private void say(AgentEvent event) {
        say(Topic.AGENTS, envelope(event), () -> {});
    }

    private Envelope envelope(AgentEvent event) {
        return Envelope.uncounted("agent:" + id, event);
    }
}
