package dev.skein.agent;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.agent.discovery.Inventory;
import dev.skein.agent.discovery.ServerWatch;
import dev.skein.agent.order.OrderCheck;
import dev.skein.agent.order.OrderDispatcher;
import dev.skein.agent.order.OrderFeeds;
import dev.skein.agent.order.OrderPorts;
import dev.skein.agent.order.OrderScheduler;
import dev.skein.agent.order.PlanCache;
import dev.skein.agent.order.Reporter;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentEvent;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.LogWriter;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent: the only owner of its state, on one context.
 *
 * <p>Life cycle:
 *
 * <ol>
 *   <li>says that it started, and from then on that it is alive;
 *   <li>reads all decisions about rollouts, so that it knows what is paused or aborted;
 *   <li>finds its databases and announces them;
 *   <li>reads all orders of those databases, so that it knows which is the last one;
 *   <li>reads what was decided meanwhile, so that it begins nothing that has ended since;
 *   <li>only then carries orders out;
 *   <li>when it is stopped, begins nothing more, waits for running steps, and says so.
 * </ol>
 *
 * <p>Deployment completes with the fifth point. A log that cannot be reached delays it; one that
 * refuses this agent fails it.
 */
final class AgentVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(AgentVerticle.class);

    /** How long a stopping agent waits for its last reports to be acknowledged. */
    private static final Duration LAST_WORDS_MAX = Duration.ofSeconds(5);

    private final AgentConfig config;
    private final AgentPorts ports;

    /** Read by the metrics, from any thread. */
    private final Map<String, Inventory> inventories = new ConcurrentSkipListMap<>();

    private final List<ServerWatch> watches = new ArrayList<>();
    private LogWriter writer;
    private Reporter reporter;
    private OrderCheck check;
    private OrderDispatcher dispatcher;
    private OrderFeeds feeds;
    private Heartbeat heartbeat;

    /** Asked by the health check, on any thread. */
    private volatile boolean open;

    AgentVerticle(AgentConfig config, AgentPorts ports) {
        this.config = config;
        this.ports = ports;
    }

    @Override
    public Future<?> start() {
        writer = ports.log().writer();
        reporter = new Reporter(vertx, writer, ports.registry());
        reporter.broken().onFailure(failure -> fault("reporting to the log", failure));
        check =
                new OrderCheck(
                        vertx,
                        ports.log(),
                        config.servers().stream().map(ServerConfig::name).toList(),
                        () -> feeds.rolloutsKnown());
        dispatcher = newDispatcher();
        feeds = new OrderFeeds(ports.log(), dispatcher, this::fault);
        heartbeat = new Heartbeat(vertx, writer, this::nextHeartbeat);
        AgentMetrics.register(ports.registry(), inventories);
        config.servers().forEach(server -> watches.add(watch(server)));
        return say(started())
                .onSuccess(said -> heartbeat.start(config.times().heartbeat()))
                .compose(said -> feeds.followRollouts())
                .compose(known -> Future.join(watches.stream().map(ServerWatch::start).toList()))
                .compose(found -> feeds.followOrdersOf(ordered()))
                .compose(known -> feeds.rolloutsKnown())
                .onSuccess(known -> open());
    }

    /** Whether it carries orders out. May be called on any thread. */
    boolean ready() {
        return open;
    }

    private OrderDispatcher newDispatcher() {
        Map<String, Integer> limits = new TreeMap<>();
        config.servers().forEach(each -> limits.put(each.name(), each.databasesInFlight()));
        OrderPorts through =
                new OrderPorts(
                        ports.engines(),
                        this::labels,
                        this::databases,
                        check,
                        new PlanCache(vertx, ports.log()),
                        reporter,
                        ports.clock());
        OrderScheduler scheduler = new OrderScheduler(config.agent(), limits);
        return new OrderDispatcher(vertx, scheduler, through, ports.registry(), this::fault);
    }

    /** After a fault this agent begins nothing more, whatever the process does. */
    private void fault(String attempted, Throwable cause) {
        dispatcher.close();
        ports.faults().fault(attempted, cause);
    }

    private ServerWatch watch(ServerConfig server) {
        return new ServerWatch(
                vertx,
                ports.discoveries().get(server.name()),
                config.times().discovery(),
                inventory -> found(server, inventory));
    }

    private void open() {
        open = true;
        dispatcher.databases(databases(), completeServers());
        dispatcher.open();
        feeds.onNamed(this::followOrders);
        followOrders();
        LOGGER.atInfo().log("Agent has read its orders and begins to work");
    }

    private void found(ServerConfig server, Inventory inventory) {
        inventories.put(server.name(), inventory);
        inventory
                .problem()
                .ifPresent(
                        problem ->
                                LOGGER.atWarn()
                                        .addKeyValue("error", problem)
                                        .log("A server's databases are not all found"));
        dispatcher.announced(databases());
        say(announced(server, inventory));
        if (open) {
            followOrders();
        }
    }

    private void followOrders() {
        feeds.followOrdersOf(ordered()).onSuccess(this::databasesKnown);
    }

    private void databasesKnown(boolean latest) {
        if (latest) {
            dispatcher.databases(databases(), completeServers());
        }
    }

    private Set<String> completeServers() {
        return inventories.entrySet().stream()
                .filter(each -> each.getValue().complete())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Of which databases an order may be on its way to this agent: those that are there, and those
     * that went while no process of it ran, or before the orchestrator was told.
     */
    private SortedSet<DatabaseId> ordered() {
        SortedSet<DatabaseId> ordered = check.databases();
        ordered.addAll(databases());
        return ordered;
    }

    private SortedSet<DatabaseId> databases() {
        return inventories.values().stream()
                .flatMap(inventory -> inventory.databases().stream())
                .map(AnnouncedDatabase::database)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedMap<String, String> labels(DatabaseId database) {
        return Optional.ofNullable(inventories.get(database.server())).stream()
                .flatMap(inventory -> inventory.databases().stream())
                .filter(each -> each.database().equals(database))
                .findFirst()
                .map(AnnouncedDatabase::labels)
                .orElseGet(TreeMap::new);
    }

    @Override
    public Future<?> stop() {
        open = false;
        watches.forEach(ServerWatch::close);
        heartbeat.stop();
        LOGGER.atInfo().log("Agent stops after the steps that run");
        return within(config.times().stopGrace(), dispatcher.close())
                .compose(idle -> within(LAST_WORDS_MAX, say(stopped())))
                .compose(said -> feeds.close())
                .compose(closed -> writer.close());
    }

    /** Waits for a future, but not longer than the limit; what is then unfinished is abandoned. */
    private static Future<Void> within(Duration limit, Future<Void> future) {
        long millis = Math.max(1, limit.toMillis());
        return future.timeout(millis, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private Future<Void> say(AgentEvent event) {
        return reporter.agent(Envelope.uncounted("agent:" + config.agent(), event));
    }

    private AgentStarted started() {
        return new AgentStarted(
                config.agent(),
                ports.instance(),
                config.servers().stream().map(ServerConfig::name).toList(),
                config.times().heartbeat(),
                runners(),
                ports.clock().instant());
    }

    private Optional<List<String>> runners() {
        return Optional.of(List.copyOf(config.runners().keySet()))
                .filter(names -> !names.isEmpty());
    }

    private ServerAnnounced announced(ServerConfig server, Inventory inventory) {
        return new ServerAnnounced(
                config.agent(),
                ports.instance(),
                server.name(),
                server.databasesInFlight(),
                inventory.databases(),
                inventory.problem(),
                inventory.version(),
                ports.clock().instant());
    }

    private AgentHeartbeat nextHeartbeat() {
        return new AgentHeartbeat(
                config.agent(),
                ports.instance(),
                dispatcher.inFlight(),
                dispatcher.waiting(),
                Optional.of(ports.runs().get()).filter(runs -> !runs.isEmpty()),
                ports.clock().instant());
    }

    private AgentStopped stopped() {
        return new AgentStopped(config.agent(), ports.instance(), ports.clock().instant());
    }
}
