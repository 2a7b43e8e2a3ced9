package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.strategy.StrategyReader;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.InMemoryBroker;
import dev.skein.protocol.log.InMemoryEventLog;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A broker in memory with orchestrators and agents around it, for tests. */
final class TestFleet implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();
    static final Plan PLAN = plan("select 1");

    final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setMaxEventLoopExecuteTime(100)
                            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
    final InMemoryBroker broker = new InMemoryBroker(4, CLOCK);
    final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger rollouts = new AtomicInteger();
    private final List<EventLog> logs = new ArrayList<>();
    private final Supplier<EventLog> opening;

    /** Over the broker in memory. */
    TestFleet() {
        opening = () -> new InMemoryEventLog(vertx, broker);
    }

    /** Over logs of another kind. */
    TestFleet(Function<Vertx, EventLog> logs) {
        opening = () -> logs.apply(vertx);
    }

    /** One orchestrator of the fleet. */
    record Running(
            String name, String deployment, FleetService service, SimpleMeterRegistry registry) {}

    /** Starts an orchestrator and waits until it has caught up. */
    Running start(String name) {
        return start(name, CLOCK);
    }

    /** The same, on a machine with this clock. */
    Running start(String name, InstantSource machine) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RuntimePorts ports =
                new RuntimePorts(
                        log(),
                        registry,
                        machine::instant,
                        () -> new RolloutId("r-" + rollouts.incrementAndGet()),
                        (at, fault) -> faults.add(fault));
        RolloutVerticle verticle =
                new RolloutVerticle(name, Future.succeededFuture("http://" + name), ports);
        String deployment = Await.value(vertx.deployVerticle(verticle));
        Await.until(name + " has caught up", () -> verticle.service().ready());
        return new Running(name, deployment, verticle.service(), registry);
    }

    /** Starts an orchestrator and waits until it leads. */
    Running lead(String name) {
        Running running = start(name);
        awaitLead(running);
        return running;
    }

    static void awaitLead(Running running) {
        Await.until(running.name() + " leads", () -> running.service().leading());
    }

    void stop(Running running) {
        Await.value(vertx.undeploy(running.deployment()));
    }

    /** One more process's view of the log. */
    EventLog log() {
        EventLog log = opening.get();
        logs.add(log);
        return log;
    }

    ScriptedAgent agent(String server, int databases) {
        return new ScriptedAgent(log(), CLOCK, server, databases(server, databases));
    }

    static List<DatabaseId> databases(String server, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> DatabaseId.of(server, "db_%03d".formatted(number)))
                .toList();
    }

    static Plan plan(String sql) {
        return new Plan(
                Framework.SQL,
                Optional.empty(),
                List.of(
                        new Migration(
                                MigrationKind.VERSIONED,
                                "1",
                                "first",
                                "0001_first.up.sql",
                                Optional.empty(),
                                List.of(new ScriptStep(sql)),
                                Optional.of(List.of(new ScriptStep(sql))))));
    }

    /** Publishes the plan, once the databases are known, and gives the command to open it. */
    static Command.Open opening(Running running, int databases, String strategy) {
        Await.until(
                databases + " databases are announced",
                () -> running.service().view().inventory().databases().size() == databases);
        PublishedPlan plan = accepted(running.service().publish(PLAN, "plan", "a person"));
        return new Command.Open(
                running.service().nextRolloutId(),
                plan.id(),
                StrategyReader.read("strategy", SettingsFile.parse("strategy", strategy)),
                "a person",
                running.service().now());
    }

    /** Opens a rollout and gives its name. */
    static RolloutId open(Running running, int databases, String strategy) {
        CommandReply reply =
                accepted(running.service().submit(opening(running, databases, strategy)));
        return reply.rollout();
    }

    static <T> T accepted(Future<Answer<T>> answer) {
        Answer<T> given = Await.value(answer);
        if (given instanceof Answer.Done<T> accepted) {
            return accepted.value();
        }
        throw new AssertionError("not accepted: " + given);
    }

    static Rejection rejection(Answer<?> answer) {
        if (answer instanceof Answer.Rejected<?> rejected) {
            return rejected.rejection();
        }
        throw new AssertionError("not rejected: " + answer);
    }

    static Optional<String> leaderUrl(Answer<?> answer) {
        if (answer instanceof Answer.NotLeading<?> elsewhere) {
            return elsewhere.leaderUrl();
        }
        throw new AssertionError("not sent elsewhere: " + answer);
    }

    static String unavailable(Answer<?> answer) {
        if (answer instanceof Answer.Unavailable<?> unavailable) {
            return unavailable.message();
        }
        throw new AssertionError("not unavailable: " + answer);
    }

    static RolloutState awaitRollout(
            Running running, RolloutId id, String what, Predicate<RolloutState> condition) {
        Await.until(
                what,
                () -> running.service().view().lookup().rollout(id).filter(condition).isPresent());
        return running.service().view().rollouts().get(id);
    }

    static RolloutState awaitClosed(Running running, RolloutId id) {
        return awaitRollout(running, id, id + " is closed", state -> !state.isOpen());
    }

    @Override
    public void close() {
        logs.forEach(log -> Await.value(log.close()));
        Await.value(vertx.close());
    }
}
