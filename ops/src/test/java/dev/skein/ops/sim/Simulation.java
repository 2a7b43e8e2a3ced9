package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    private final Ending ending;
    private final Loss loss;
    private final Dice lossDice;
    private final Site site;
    private int steps;

    /** What is asked for when the trouble is over. */
    enum Ending {
        /** Every rollout goes on to its end. */
        FORWARD,
        /** Every rollout is taken back from wherever it is. */
        BACK
    }

    private Simulation(long seed, Ending ending, Loss loss) {
        this.ending = ending;
        this.loss = loss;
        lossDice = new Dice(~seed);
        world = new World(seed);
        orchestrator = new SimOrchestrator(world);
        plan = SimPlans.draw(world.dice());
        mender = new Mender(world, orchestrator, servers);
        human = new Human(orchestrator, mender);
        site = new Site(world, orchestrator, servers);
    }

    /** What a run came to. */
    record Outcome(long hash, long lines, SortedMap<String, Integer> counts) {}

    /** Runs to the end. */
    static Outcome run(long seed) {
        return run(seed, Ending.FORWARD);
    }

    /** Runs to an end of this kind. */
    static Outcome run(long seed, Ending ending) {
        return run(seed, ending, Loss.NOTHING);
    }

    /** Runs to an end of this kind, and loses this on the way. */
    static Outcome run(long seed, Ending ending, Loss loss) {
        Trace trace = ended(seed, ending, loss).world.trace();
        return new Outcome(trace.hash(), trace.lines(), trace.counts());
    }

    /** All that was written to the log, in the order in which it was. */
    static List<LogRecord> history(long seed) {
        return List.copyOf(ended(seed, Ending.FORWARD, Loss.NOTHING).world.log().records());
    }

    private static Simulation ended(long seed, Ending ending, Loss loss) {
        Simulation simulation = new Simulation(seed, ending, loss);
        try {
            simulation.run();
            return simulation;
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "-Dsim.seed="
                            + seed
                            + ' '
                            + ending
                            + ' '
                            + loss
                            + " fails: "
                            + failure.getMessage()
                            + "\n  "
                            + simulation.world.trace().tail(),
                    failure);
        }
    }

    private void run() {
        List<PlanId> plans = publish();
        build();
        orchestrator.start();
        Operator operator = new Operator(world, orchestrator, mender, plans);
        operator.start();
        long trouble = world.dice().between(20, 150) * Agenda.SECOND;
        loss.within(trouble, site, lossDice);
        advance(trouble);
        operator.goHome();
        world.faultsOff();
        while ((loss != Loss.NOTHING || ending == Ending.BACK) && !orchestrator.isLeading()) {
            advance(Agenda.SECOND);
        }
        servers.all().forEach(SimDatabase::mend);
        // A rollout that knows of no order of its own there takes nothing back.
        servers.all().stream()
                .filter(site::isUnknown)
                .map(SimDatabase::id)
                .forEach(human.givenUp()::add);
        if (ending == Ending.BACK) {
            open().stream().filter(Simulation::changes).map(RolloutState::id).forEach(this::back);
        }
        everythingForward();
        EndCheck check = new EndCheck(site);
        orchestrator.fleet().rollouts().forEach(check::check);
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
        site.agents().add(agent);
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
        newestFirst.removeIf(each -> !changes(each));
        newestFirst.sort(Comparator.comparing((RolloutState each) -> each.id().value()).reversed());
        for (RolloutState each : newestFirst) {
            Decision decision = back(each.id());
            everythingForward();
            RolloutState state = orchestrator.fleet().rollout(each.id()).orElseThrow();
            RolloutOutcome outcome = state.closed().orElseThrow().outcome();
            world.count("closed " + outcome.label());
            Violation.unless(
                    decision instanceof Rejection
                            || outcome == RolloutOutcome.ROLLED_BACK
                            || asked(decision).allMatch(id -> isExcused(each.id(), id)),
                    each.id() + " was to be rolled back and is " + outcome.label());
            // Others may be left behind: a person put them aside, or a later rollout has them.
            List<DatabaseId> asked = asked(decision).toList();
            state.targets().keySet().stream()
                    .filter(id -> !asked.contains(id) || outcome != RolloutOutcome.ROLLED_BACK)
                    .filter(id -> !isExcused(each.id(), id))
                    .toList()
                    .forEach(human.givenUp()::add);
        }
        for (SimDatabase database : servers.all()) {
            boolean excused = human.givenUp().contains(database.id()) || site.isUnknown(database);
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

    /** Asks for everything back, once there is somebody who decides. */
    private Decision back(RolloutId rollout) {
        Optional<Decision> decision = human.rollBack(rollout);
        while (decision.isEmpty()) {
            advance(Agenda.SECOND);
            decision = human.rollBack(rollout);
        }
        if (decision.get() instanceof Rejection rejection) {
            world.count("not back: " + rejection.code().label());
            // A rollout that was retried after a later one has the last word on its databases.
            boolean excused =
                    rejection.code() == RejectionCode.NOTHING_TO_ROLL_BACK
                            || rejection.code() == RejectionCode.DATABASE_MOVED_ON
                            || rejection.code() == RejectionCode.IRREVERSIBLE;
            Violation.unless(excused, rollout + " does not go back: " + rejection.message());
        }
        return decision.get();
    }

    /** The databases that a rollback was accepted for. */
    private static Stream<DatabaseId> asked(Decision decision) {
        return decision instanceof Accepted accepted
                ? accepted.entries().stream()
                        .map(entry -> entry.envelope().event())
                        .filter(RollbackRequested.class::isInstance)
                        .flatMap(event -> ((RollbackRequested) event).databases().stream())
                : Stream.empty();
    }

    /** Whether nothing of the rollout is left there, or a person has put the database aside. */
    private boolean isExcused(RolloutId rollout, DatabaseId database) {
        return human.givenUp().contains(database)
                || orchestrator
                        .fleet()
                        .database(database)
                        .progress()
                        .of(rollout)
                        .flatMap(OrderReport::changed)
                        .isEmpty();
    }

    private static boolean changes(RolloutState rollout) {
        return rollout.opened().isFor() == RolloutPurpose.MIGRATE;
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
