package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One run: trouble of every kind, then none, then everything forward, then everything back. */
final class Simulation {
    private static final int ROUNDS_MAX = 60;
    private static final long CALM_MICROS = 45 * Agenda.SECOND;
    private static final int STEPS_MAX = 400_000;

    private final World world;
    private final SimServers servers = new SimServers();
    private final SimOrchestrator orchestrator;
    private final Plan plan;
    private final Mender mender;
    private final Human human;
    private int steps;

    private Simulation(long seed) {
        world = new World(seed);
        orchestrator = new SimOrchestrator(world);
        plan = SimPlans.draw(world.dice());
        mender = new Mender(world, orchestrator, servers);
        human = new Human(orchestrator, mender);
    }

    /** What a run came to. */
    record Outcome(long hash, long lines, SortedMap<String, Integer> counts) {}

    /** Runs to the end. */
    static Outcome run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "-Dsim.seed="
                            + seed
                            + " fails: "
                            + failure.getMessage()
                            + "\n  "
                            + simulation.world.trace().tail(),
                    failure);
        }
        Trace trace = simulation.world.trace();
        return new Outcome(trace.hash(), trace.lines(), trace.counts());
    }

    private void run() {
        List<PlanId> plans = publish();
        build();
        orchestrator.start();
        Operator operator = new Operator(world, orchestrator, mender, plans);
        operator.start();
        advance(world.dice().between(20, 150) * Agenda.SECOND);
        operator.goHome();
        world.faultsOff();
        servers.all().forEach(SimDatabase::mend);
        everythingForward();
        everythingBack();
        servers.all().forEach(world.auditor()::checkLedger);
    }

    private List<PlanId> publish() {
        List<Plan> versions = new ArrayList<>();
        if (world.dice().chance(0.5)) {
            long shorter = world.dice().between(1, plan.migrations().size());
            versions.add(SimPlans.shortened(plan, (int) shorter));
        }
        versions.add(plan);
        List<PlanId> ids = new ArrayList<>();
        for (Plan each : versions) {
            PlanId id = PlanCodec.idOf(each);
            ids.add(id);
            PlanPublished event =
                    new PlanPublished(id, "plan", each, "operator", world.agenda().now());
            Envelope envelope = Envelope.uncounted("orchestrator:o", event);
            world.log().append(List.of(new Entry(Topic.PLANS, envelope)));
        }
        return ids;
    }

    private void build() {
        long count = world.dice().between(1, 3);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String server = "s" + i;
            names.add(server);
            long databases = world.dice().between(1, 4);
            for (int d = 0; d < databases; d++) {
                boolean late = world.dice().chance(0.15);
                long when = late ? world.dice().between(5, 60) * Agenda.SECOND : 0;
                DatabaseId id = DatabaseId.of(server, "t" + d);
                world.agenda().in(when, Life.FOREVER, () -> create(id));
            }
        }
        for (String server : names) {
            startAgent("a-" + server, List.of(server));
        }
        if (world.dice().chance(0.4)) {
            startAgent("b", names);
        }
    }

    private void startAgent(String name, List<String> of) {
        SimAgent agent = new SimAgent(world, new AgentId(name), of, servers);
        long when = world.dice().between(0, 3_000) * Agenda.MILLI;
        world.agenda().in(when, Life.FOREVER, agent::start);
    }

    private void create(DatabaseId id) {
        SortedMap<String, String> labels =
                new TreeMap<>(Map.of("tier", world.dice().chance(0.5) ? "a" : "b"));
        int most = plan.migrations().size();
        int adopted = world.dice().chance(0.3) ? (int) world.dice().between(0, most) : 0;
        SimDatabase database = new SimDatabase(id, labels, plan, adopted);
        if (world.dice().chance(world.faults().brokenDatabase())) {
            List<Step> all =
                    plan.migrations().stream().flatMap(each -> each.up().stream()).toList();
            database.breakAt(Schema.object(SimSql.of(world.dice().pick(all))));
        }
        if (world.dice().chance(0.1)) {
            database.failedByOthers();
        }
        servers.add(database);
    }

    private void advance(long micros) {
        long until = world.agenda().micros() + micros;
        while (world.agenda().micros() < until && world.agenda().step()) {
            Violation.unless(++steps < STEPS_MAX, "no end after " + STEPS_MAX + " events");
        }
    }

    private void everythingForward() {
        rest();
        for (int round = 0; round < ROUNDS_MAX && !allClosed(); round++) {
            open().forEach(human::help);
            rest();
        }
        Violation.unless(allClosed(), "some rollouts never end: " + describe());
    }

    private void everythingBack() {
        List<RolloutState> newestFirst = new ArrayList<>(orchestrator.fleet().rollouts());
        newestFirst.removeIf(each -> each.opened().isFor() != RolloutPurpose.MIGRATE);
        newestFirst.sort(Comparator.comparing((RolloutState each) -> each.id().value()).reversed());
        for (RolloutState each : newestFirst) {
            human.rollBack(each.id());
            everythingForward();
            RolloutState state = orchestrator.fleet().rollout(each.id()).orElseThrow();
            world.count("closed " + state.closed().orElseThrow().outcome().label());
            if (state.closed().orElseThrow().outcome() != RolloutOutcome.ROLLED_BACK) {
                state.targets().keySet().forEach(human.givenUp()::add);
            }
        }
        for (SimDatabase database : servers.all()) {
            boolean excused = human.givenUp().contains(database.id());
            world.count(excused ? "no way back" : "back at the start");
            Violation.unless(
                    excused || database.contents().equals(database.initially()),
                    database.id()
                            + " was rolled back to "
                            + database.contents()
                            + " and had been "
                            + database.initially());
        }
    }

    /** Lets everything happen that happens by itself; then each rollout has ended, or waits. */
    private void rest() {
        long before;
        do {
            before = world.log().works();
            advance(CALM_MICROS);
        } while (world.log().works() > before);
        List<RolloutState> restless =
                open().stream().filter(each -> !human.isAtRest(each)).toList();
        Violation.unless(restless.isEmpty(), "neither ends nor waits: " + describe());
    }

    private List<RolloutState> open() {
        return orchestrator.fleet().rollouts().stream().filter(RolloutState::isOpen).toList();
    }

    private boolean allClosed() {
        return open().isEmpty();
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (RolloutState each : open()) {
            text.append(each.id()).append(" pause ").append(each.pause());
            text.append(" rollback ").append(each.rollback()).append(" waves ");
            text.append(each.waves()).append('\n');
            each.targets()
                    .forEach(
                            (id, target) ->
                                    text.append(id)
                                            .append(' ')
                                            .append(target)
                                            .append(' ')
                                            .append(orchestrator.fleet().database(id))
                                            .append('\n'));
        }
        return text.toString();
    }
}
