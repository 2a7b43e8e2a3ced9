package dev.skein.ops.sim;

import dev.skein.engine.execution.Action;
import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.LedgerEntry;
import dev.skein.engine.execution.LedgerLink;
import dev.skein.engine.execution.OrderExecution;
import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.engine.execution.Survey;
import dev.skein.engine.execution.TimeAndJitter;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.StepFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Carries the actions of one walk out in a simulated database. */
final class SimExecution implements Visit, Action.Visitor<Void> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final World world;
    private final SimAgent agent;
    private final OrderIssued order;
    private final SimDatabase database;
    private final OrderExecution execution;
    private final SimOutbox outbox;
    private Optional<Session> session = Optional.empty();

    SimExecution(World world, SimAgent agent, OrderIssued order, SimDatabase database) {
        this.world = world;
        this.agent = agent;
        this.order = order;
        this.database = database;
        execution = new OrderExecution(Assignment.of(order, world.log().planOf(order)), PATIENCE);
        outbox = new SimOutbox(agent, order, database, world.agenda().now());
    }

    @Override
    public void begin() {
        perform(execution.begin(moment()));
    }

    @Override
    public void abandon() {
        session.ifPresent(Session::clientGone);
    }

    private TimeAndJitter moment() {
        return new TimeAndJitter(world.agenda().now(), world.dice().unit());
    }

    private void perform(Action action) {
        if (world.dice().chance(world.faults().agentCrash())) {
            agent.crashSoon();
        }
        action.accept(this);
    }

    private void replied(Reply reply) {
        if (reply instanceof Reply.Failed failed) {
            world.note(order.database() + " " + failed.nature() + " " + failed.failure().code());
        }
        perform(execution.after(reply, moment()));
    }

    private void later(long micros, Reply reply) {
        world.agenda().in(micros, agent.life(), () -> replied(reply));
    }

    @Override
    public Void on(Action.Connect action) {
        session.ifPresent(Session::clientGone);
        session = Optional.empty();
        world.agenda().in(world.latency(), agent.life(), this::connect);
        return null;
    }

    private void connect() {
        if (world.dice().chance(world.faults().unreachable())) {
            boolean passing = world.dice().chance(0.95);
            replied(refused("unavailable", passing, List.of()));
            return;
        }
        if (database.holder().isPresent()) {
            world.count("lock held by somebody else");
            replied(refused("locked", true, List.of(database.holder().get().asBlocker())));
            return;
        }
        session = Optional.of(new Session(world, database, agent.life(), order.rollout()));
        Survey survey = database.survey();
        if (new LedgerLink(order, survey).takesReports()) {
            outbox.reportWhatTheLogLacks();
        }
        later(world.latency(), new Reply.Surveyed(survey));
    }

    private static Reply refused(
            String code, boolean passing, List<dev.skein.protocol.event.Blocker> blockers) {
        return Reply.Failed.refused(
                new StepFailure(code, Optional.empty(), code, passing, blockers));
    }

    @Override
    public Void on(Action.AskPermit action) {
        replied(new Reply.Permitted(agent.permit(order)));
        return null;
    }

    @Override
    public Void on(Action.Accept action) {
        Work accepting = new Works.Accepting(database, order, action.records());
        run(action.mends() ? new Works.Mending(database, accepting) : accepting, action.records());
        return null;
    }

    @Override
    public Void on(Action.RunScript action) {
        stepStarts(action.sql());
        run(new Works.Script(database, action.sql(), action.records()), action.records());
        return null;
    }

    @Override
    public Void on(Action.RunStatement action) {
        stepStarts(action.sql());
        run(new Works.Outside(database, action.sql()), new Records(List.of(), List.of()));
        return null;
    }

    private void stepStarts(String sql) {
        world.note(order.database() + " epoch " + order.epoch() + " runs " + sql);
        world.auditor().stepStarts(order, database);
    }

    @Override
    public Void on(Action.AskCatalogue action) {
        run(new Works.Asking(database, action.probe()), new Records(List.of(), List.of()));
        return null;
    }

    @Override
    public Void on(Action.DropIndexes action) {
        run(new Works.Dropping(database, action.names()), new Records(List.of(), List.of()));
        return null;
    }

    @Override
    public Void on(Action.AskFingerprint action) {
        world.count("fingerprint");
        run(
                new Works.Fingerprinting(database, action.objects()),
                new Records(List.of(), List.of()));
        return null;
    }

    @Override
    public Void on(Action.FinalizeDetach action) {
        throw new IllegalStateException("no plan of the simulation detaches partitions");
    }

    @Override
    public Void on(Action.RunDelegated action) {
        throw new IllegalStateException("no plan of the simulation delegates a step");
    }

    @Override
    public Void on(Action.AwaitRun action) {
        throw new IllegalStateException("no plan of the simulation delegates a step");
    }

    @Override
    public Void on(Action.RunCheck action) {
        String answer = world.dice().chance(world.faults().brokenDatabase()) ? "no" : "yes";
        run(new Works.Checking(answer), new Records(List.of(), List.of()));
        return null;
    }

    @Override
    public Void on(Action.Write action) {
        run(new Works.Writing(database, action.records()), action.records());
        return null;
    }

    private void run(Work work, Records records) {
        session.orElseThrow()
                .run(
                        work,
                        reply -> {
                            if (!(reply instanceof Reply.Failed)) {
                                records.entries().stream()
                                        .map(LedgerEntry::envelope)
                                        .forEach(outbox::report);
                            }
                            replied(reply);
                        });
    }

    @Override
    public Void on(Action.Wait action) {
        action.saying().ifPresent(outbox::say);
        world.agenda()
                .in(
                        action.duration(),
                        agent.life(),
                        () -> replied(new Reply.Done(action.duration())));
        return null;
    }

    @Override
    public Void on(Action.Leave action) {
        outbox.leave(
                action.end(),
                action.saying(),
                () -> session.filter(Session::isOpen).ifPresent(Session::close));
        return null;
    }
}
