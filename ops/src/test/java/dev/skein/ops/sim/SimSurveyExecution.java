package dev.skein.ops.sim;

import dev.skein.engine.execution.Assignment;
import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.LedgerLink;
import dev.skein.engine.execution.Permit;
import dev.skein.engine.execution.Records;
import dev.skein.engine.execution.Reply;
import dev.skein.engine.execution.Survey;
import dev.skein.engine.execution.SurveyReports;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A survey or an adoption of a simulated database, by the production comparison. */
final class SimSurveyExecution implements Visit {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final World world;
    private final SimAgent agent;
    private final OrderIssued order;
    private final SimDatabase database;
    private final Plan plan;
    private final SurveyReports surveyor;
    private final SimOutbox outbox;
    private final Instant begun;
    private Optional<Session> session = Optional.empty();
    private int attempt;

    SimSurveyExecution(World world, SimAgent agent, OrderIssued order, SimDatabase database) {
        this.world = world;
        this.agent = agent;
        this.order = order;
        this.database = database;
        plan = world.log().planOf(order);
        surveyor = new SurveyReports(Assignment.of(order, plan));
        outbox = new SimOutbox(agent, order, database, world.agenda().now());
        begun = world.agenda().now();
    }

    @Override
    public void begin() {
        if (world.dice().chance(world.faults().agentCrash())) {
            agent.crashSoon();
        }
        Permit permit = agent.permit(order);
        Instant now = world.agenda().now();
        switch (permit.kind()) {
            case GO -> world.agenda().in(world.latency(), agent.life(), this::arrive);
            case PAUSED ->
                    leave(ExecutionEnd.PAUSED, Optional.of(surveyor.paused(permit.pause(), now)));
            case STOPPED -> leave(ExecutionEnd.STOPPED, Optional.of(surveyor.stopped(now)));
            case SUPERSEDED -> leave(ExecutionEnd.SUPERSEDED, Optional.empty());
        }
    }

    @Override
    public void abandon() {
        session.ifPresent(Session::clientGone);
    }

    private void arrive() {
        attempt++;
        if (world.dice().chance(world.faults().unreachable())) {
            failed(failure("unavailable", world.dice().chance(0.95)));
        } else if (order.kind() == OrderKind.ADOPT) {
            adopt();
        } else {
            survey();
        }
    }

    private void survey() {
        Survey found = database.survey();
        SurveyFindings findings = compared(found);
        world.count("survey");
        leave(
                ExecutionEnd.FINISHED,
                Optional.of(surveyor.surveyed(found, findings, world.agenda().now())));
    }

    private SurveyFindings compared(Survey found) {
        SurveyFindings findings = surveyor.compare(found, false);
        new SurveyCheck(plan, database).check(findings);
        return findings;
    }

    private void adopt() {
        if (database.holder().isPresent()) {
            failed(failure("locked", true));
            return;
        }
        session = Optional.of(new Session(world, database, agent.life(), order.rollout()));
        Survey found = database.survey();
        if (new LedgerLink(order, found).takesReports()) {
            outbox.reportWhatTheLogLacks();
        }
        Optional<Envelope> overtaken = surveyor.behindLedger(found, world.agenda().now());
        if (overtaken.isPresent()) {
            boolean newer = agent.permit(order).kind() == Permit.Kind.SUPERSEDED;
            leave(ExecutionEnd.SUPERSEDED, newer ? Optional.empty() : overtaken);
            return;
        }
        if (surveyor.hasEnded(found)) {
            leave(ExecutionEnd.FINISHED, Optional.empty());
            return;
        }
        world.auditor().adopts(order);
        SurveyFindings findings = compared(found);
        Instant now = world.agenda().now();
        Optional<Envelope> refusal = surveyor.refusal(findings, found, now);
        if (refusal.isPresent()) {
            world.count("adoption refused");
            leave(ExecutionEnd.UNRECORDED, refusal);
            return;
        }
        write(surveyor.adoption(found, findings, now));
    }

    private void write(Records records) {
        Work work = new Works.Accepting(database, order, records);
        session.orElseThrow()
                .run(
                        work,
                        reply -> {
                            if (reply instanceof Reply.Failed failed) {
                                failed(failed.failure());
                                return;
                            }
                            world.count("adoption");
                            records.entries().forEach(each -> outbox.report(each.envelope()));
                            leave(ExecutionEnd.FINISHED, Optional.empty());
                        });
    }

    private void failed(StepFailure failure) {
        session.ifPresent(Session::clientGone);
        session = Optional.empty();
        Instant now = world.agenda().now();
        boolean patient = Duration.between(begun, now).compareTo(PATIENCE) < 0;
        if (!failure.passing() || !patient) {
            leave(surveyor.failedEnd(), Optional.of(surveyor.failed(failure, now)));
            return;
        }
        Duration wait = surveyor.waitAfter(attempt, world.dice().unit());
        outbox.say(surveyor.unavailable(failure, attempt, wait, now));
        world.agenda().in(wait, agent.life(), this::begin);
    }

    private static StepFailure failure(String code, boolean passing) {
        return new StepFailure(code, Optional.empty(), code, passing, List.of());
    }

    private void leave(ExecutionEnd end, Optional<Envelope> saying) {
        outbox.leave(end, saying, () -> session.filter(Session::isOpen).ifPresent(Session::close));
    }
}
