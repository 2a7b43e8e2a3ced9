package dev.skein.orchestrator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutAborted;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.event.RolloutResumed;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One orchestrator that decides for real, one agent that follows the log with a lag, and a person
 * who presses buttons: all driven by one seed. Every record is checked by {@link Invariants}.
 */
public final class FleetSim {
    private static final int FAULT_PERCENT = 6;
    private static final int HEALING_MOVES_MAX = 5_000;

    private final SplittableRandom random;
    private final Lab lab;
    private final Invariants invariants = new Invariants();
    private final Map<DatabaseId, SimDatabase> databases = new TreeMap<>();
    private final List<OrderIssued> notTaken = new ArrayList<>();
    private RolloutId rollout;
    private int checked;
    private int agentRead;
    private int pauseSeen;
    private boolean abortSeen;

    /** A fleet and a strategy drawn from the seed, with one rollout open. */
    public FleetSim(long seed) {
        random = new SplittableRandom(seed);
        int size = random.nextInt(4, 25);
        lab = Lab.fleet(size);
        IntStream.rangeClosed(1, size)
                .mapToObj(Lab::db)
                .forEach(id -> databases.put(id, new SimDatabase(id, lab)));
        open("r-1");
    }

    public Lab lab() {
        return lab;
    }

    RolloutState rollout() {
        return lab.fleet().rollout(rollout).orElseThrow();
    }

    RolloutPhase phase() {
        return Gates.phase(rollout(), lab.now());
    }

    SimDatabase database(DatabaseId id) {
        return databases.get(id);
    }

    /** Opens the next rollout; the one before has ended. */
    public void open(String name) {
        rollout = new RolloutId(name);
        submit(new Command.Open(rollout, Lab.PLAN, strategy(), Lab.PERSON, lab.now()));
    }

    private Strategy strategy() {
        Strategies draft =
                Strategies.strategy()
                        .maxInFlight(random.nextInt(1, 6))
                        .budget(random.nextInt(3))
                        .onFailure(OnFailure.values()[random.nextInt(OnFailure.values().length)]);
        if (random.nextBoolean()) {
            draft.soak(Duration.ofSeconds(random.nextInt(1, 60)));
        }
        if (random.nextInt(3) == 0) {
            draft.approval();
        }
        if (random.nextInt(3) == 0) {
            draft.deadline(Duration.ofMinutes(random.nextInt(1, 10)));
        }
        draft.count("canary", 1).percent("some", random.nextInt(10, 60));
        return draft.percent("all", 100).build();
    }

    /** So many moves of anybody. */
    public void run(int moves) {
        for (int move = 0; move < moves; move++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> advance();
                case 3 -> agentReads();
                case 4, 5, 6, 7 -> agentWorks(FAULT_PERCENT);
                case 8 -> timePasses();
                default -> person();
            }
        }
    }

    private void advance() {
        boolean nothingDue =
                RolloutDecider.next(lab.fleet(), rollout, lab.now()).stream()
                        .noneMatch(action -> action instanceof Action.AdvanceNow);
        Decision decision = submit(new Command.Advance(rollout, lab.now()));
        assertThat(((Accepted) decision).entries().isEmpty()).isEqualTo(nothingDue);
    }

    private void agentReads() {
        List<LogRecord> records = lab.log().records();
        int until = random.nextInt(agentRead, records.size() + 1);
        for (LogRecord record : records.subList(agentRead, until)) {
            agentSees(record.envelope().event());
        }
        agentRead = until;
    }

    private void agentSees(FleetEvent event) {
        if (event instanceof OrderIssued order) {
            notTaken.add(order);
        }
        if (event instanceof RolloutPaused paused) {
            pauseSeen = paused.number();
        }
        if (event instanceof RolloutResumed || event instanceof RolloutOpened) {
            pauseSeen = 0;
        }
        if (event instanceof RolloutAborted) {
            abortSeen = true;
        }
        boolean again =
                event instanceof RolloutOpened
                        || event instanceof RollbackRequested
                        || event instanceof DatabasesRetried;
        abortSeen &= !again;
    }

    private void agentWorks(int faultPercent) {
        if (!notTaken.isEmpty() && random.nextBoolean()) {
            OrderIssued order = notTaken.remove(random.nextInt(notTaken.size()));
            databases.get(order.database()).take(order);
        }
        List<SimDatabase> all = List.copyOf(databases.values());
        SimDatabase database = all.get(random.nextInt(all.size()));
        // The agent asks before the step, and the report comes after it.
        check();
        int from = lab.log().records().size();
        if (database.move(random, pauseSeen, abortSeen, faultPercent)) {
            invariants.stepStarted(database.id());
        }
        assertThat(lab.log().records().size()).isGreaterThanOrEqualTo(from);
        if (random.nextInt(20) == 0) {
            database.resend();
        }
        check();
    }

    private void timePasses() {
        Duration some = Duration.ofSeconds(random.nextInt(1, 40));
        if (random.nextInt(5) == 0) {
            lab.silence(some);
        } else {
            lab.after(some);
        }
    }

    private void person() {
        List<Command> buttons = buttons();
        submit(buttons.get(random.nextInt(buttons.size())));
    }

    private List<Command> buttons() {
        String by = Lab.PERSON;
        List<DatabaseId> one = List.of(Lab.db(random.nextInt(1, databases.size() + 1)));
        Optional<String> any = Optional.empty();
        List<Command> often =
                List.of(
                        new Command.Approve(rollout, any, any, by, lab.now()),
                        new Command.Pause(rollout, "look", by, lab.now()),
                        new Command.Resume(rollout, by, lab.now()),
                        new Command.Resume(rollout, by, lab.now()),
                        new Command.Promote(rollout, by, lab.now()),
                        new Command.Retry(rollout, List.of(), by, lab.now()),
                        new Command.Retry(rollout, one, by, lab.now()),
                        new Command.Skip(rollout, one, "gone", by, lab.now()));
        List<Command> all = new ArrayList<>(often);
        all.addAll(often);
        all.add(rollback(RollbackScope.DATABASES, one));
        all.add(rollback(RollbackScope.WAVE, List.of()));
        if (random.nextInt(8) == 0) {
            all.add(rollback(RollbackScope.ALL, List.of()));
            all.add(new Command.Abort(rollout, "enough", by, lab.now()));
        }
        return all;
    }

    private Command rollback(RollbackScope scope, List<DatabaseId> some) {
        return new Command.Rollback(
                rollout, scope, some, Optional.empty(), "look", Lab.PERSON, lab.now());
    }

    /** Takes everything back, whatever the rollout is doing. */
    Decision rollBackAll() {
        return submit(rollback(RollbackScope.ALL, List.of()));
    }

    private Decision submit(Command command) {
        Decision decision = lab.decide(command);
        if (decision instanceof Accepted accepted) {
            accepted.entries().forEach(lab::append);
        }
        check();
        return decision;
    }

    private void check() {
        List<LogRecord> records = lab.log().records();
        while (checked < records.size()) {
            invariants.see(records.get(checked++).envelope().event());
        }
    }

    /** No more faults, and a person who wants the rollout to end: it has to. */
    public void heal() {
        int moves = 0;
        while (rollout().isOpen()) {
            assertThat(moves++)
                    .as("moves until the end; it is %s", phase())
                    .isLessThan(HEALING_MOVES_MAX);
            lab.after(Duration.ofSeconds(5));
            agentReadsAll();
            IntStream.range(0, databases.size()).forEach(each -> agentWorks(0));
            advance();
            settle();
        }
    }

    private void agentReadsAll() {
        List<LogRecord> records = lab.log().records();
        records.subList(agentRead, records.size())
                .forEach(record -> agentSees(record.envelope().event()));
        agentRead = records.size();
    }

    private void settle() {
        Optional<String> any = Optional.empty();
        if (phase() == RolloutPhase.AWAITING_APPROVAL) {
            submit(new Command.Approve(rollout, any, any, Lab.PERSON, lab.now()));
        }
        if (phase() == RolloutPhase.PAUSED) {
            submit(new Command.Retry(rollout, List.of(), Lab.PERSON, lab.now()));
            submit(new Command.Resume(rollout, Lab.PERSON, lab.now()));
        }
        if (phase() == RolloutPhase.PAUSED) {
            List<DatabaseId> lost =
                    Standings.databases(lab.fleet(), rollout(), lab.now()).stream()
                            .filter(each -> each.state() == TargetState.IRREVERSIBLE)
                            .map(DatabaseStanding::database)
                            .sorted(Comparator.naturalOrder())
                            .toList();
            submit(new Command.Skip(rollout, lost, "no way back", Lab.PERSON, lab.now()));
            submit(new Command.Resume(rollout, Lab.PERSON, lab.now()));
        }
    }
}
