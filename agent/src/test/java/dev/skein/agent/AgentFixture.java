package dev.skein.agent;

import static dev.skein.agent.order.Facts.AGENT;
import static dev.skein.agent.order.Facts.PLAN;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.config.AgentTimes;
import dev.skein.agent.config.DatabaseSource;
import dev.skein.agent.config.ServerConfig;
import dev.skein.agent.discovery.Inventory;
import dev.skein.agent.order.Facts;
import dev.skein.engine.ServerUri;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.InMemoryBroker;
import dev.skein.protocol.log.InMemoryEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One agent with one server {@code pg-1} over the log in memory, and the orchestrator's pen. */
final class AgentFixture implements AutoCloseable {
    static final int IN_FLIGHT = 2;

    final Vertx vertx = Vertx.vertx();
    final InMemoryBroker broker = InMemoryBroker.counting(4);
    final List<String> faults = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ScriptedEngine engine = new ScriptedEngine();
    private final LogWriter orchestrator = new InMemoryEventLog(vertx, broker).writer();
    private final PlanId plan = PlanCodec.idOf(PLAN);
    private final long planOffset;
    private volatile Inventory inventory = new Inventory(List.of(), Optional.empty());
    private volatile AgentTimes times =
            new AgentTimes(
                    Duration.ofMillis(20),
                    Duration.ofMillis(20),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30));
    private long sequence;
    private int instances;
    private String deployment;

    AgentFixture() {
        PlanPublished published = new PlanPublished(plan, "p", PLAN, "ops", Facts.at(0));
        planOffset = append(Topic.PLANS, Envelope.uncounted("orchestrator:o", published)).offset();
        say(opened());
    }

    /** The rollout of all orders here: to the databases a to e. */
    private RolloutOpened opened() {
        DatabaseId[] databases =
                Stream.of("a", "b", "c", "d", "e").map(Facts::db).toArray(DatabaseId[]::new);
        return Facts.opened(plan, planOffset, databases);
    }

    AgentFixture with(String... databases) {
        return with(Optional.empty(), databases);
    }

    AgentFixture with(Optional<String> problem, String... databases) {
        List<AnnouncedDatabase> announced = new ArrayList<>();
        for (String database : databases) {
            announced.add(new AnnouncedDatabase(Facts.db(database), new TreeMap<>()));
        }
        inventory = new Inventory(announced, problem);
        return this;
    }

    AgentFixture withStopGrace(Duration grace) {
        times = new AgentTimes(times.discovery(), times.heartbeat(), times.unavailable(), grace);
        return this;
    }

    void start() {
        Await.value(begin());
    }

    Future<?> begin() {
        instances++;
        AgentPorts ports =
                new AgentPorts(
                        "run-" + instances,
                        new InMemoryEventLog(vertx, broker),
                        Map.of("pg-1", engine),
                        Map.of("pg-1", () -> Future.succeededFuture(inventory)),
                        InstantSource.system(),
                        registry,
                        (attempted, cause) -> faults.add(attempted + ": " + cause.getMessage()),
                        List::of);
        return vertx.deployVerticle(new AgentVerticle(config(), ports))
                .onSuccess(id -> deployment = id);
    }

    void stop() {
        Await.value(end());
    }

    Future<Void> end() {
        return vertx.undeploy(deployment);
    }

    /** Another process of the same agent; the old one is not told to stop and does nothing more. */
    void restart() {
        stop();
        registry.clear();
        engine = new ScriptedEngine();
        start();
    }

    Position append(Topic topic, Envelope envelope) {
        return Await.value(orchestrator.append(List.of(new Entry(topic, envelope)))).get(0);
    }

    void say(RolloutEvent event) {
        append(Topic.ROLLOUTS, Envelope.counted("rollout:" + event.rollout(), ++sequence, event));
    }

    OrderIssued order(String database, long epoch, int second) {
        DatabaseId id = Facts.db(database);
        OrderIssued order = Facts.order(id, epoch, AGENT, plan, planOffset, second);
        append(Topic.ORDERS, Envelope.counted("order:" + id, epoch, order));
        return order;
    }

    OrderIssued openAndOrder(RolloutId rollout, DatabaseId database) {
        return openAndOrder(rollout, planOffset, database);
    }

    /** Opens a rollout to one database, with the plan said to be at this offset, and orders it. */
    OrderIssued openAndOrder(RolloutId rollout, long offset, DatabaseId database) {
        RolloutOpened event = Facts.opened(plan, offset, database);
        append(
                Topic.ROLLOUTS,
                Envelope.counted(
                        "rollout:" + rollout,
                        1,
                        new RolloutOpened(
                                rollout,
                                event.plan(),
                                event.planOffset(),
                                event.strategy(),
                                event.waves(),
                                event.digest(),
                                event.by(),
                                event.at())));
        OrderIssued order = Facts.orderOf(rollout, database, plan, offset);
        append(Topic.ORDERS, Envelope.counted("order:" + database, 1, order));
        return order;
    }

    <E extends FleetEvent> List<E> written(Topic topic, Class<E> type) {
        return broker.records(topic).stream()
                .map(record -> record.envelope().event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private AgentConfig config() {
        ServerConfig server =
                new ServerConfig(
                        "pg-1",
                        ServerUri.parse("postgresql://skein@127.0.0.1/postgres"),
                        Optional.empty(),
                        IN_FLIGHT,
                        new TreeMap<>(),
                        List.of(new DatabaseSource.Named("any", new TreeMap<>())));
        return new AgentConfig(
                AGENT, LogConfig.of("unused:9092"), List.of(server), times, Optional.empty());
    }

    @Override
    public void close() {
        Await.value(vertx.close());
    }
}
