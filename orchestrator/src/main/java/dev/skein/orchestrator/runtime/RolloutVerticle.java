package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Fleet;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.RolloutDecider;
import dev.skein.protocol.Backoff;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogFeed;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.RecordSink;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.log.UnreadableRecord;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the fold of the log and, while it leads, the decisions.
 *
 * <p>Deployed once a process; everything it holds is confined to its context, except what {@link
 * #service()} hands out. It starts at once and is ready when the log has been folded up to where it
 * ended at the start.
 */
public final class RolloutVerticle extends VerticleBase {
    /** Between checks of open rollouts for what no event reports: agents that fell silent. */
    static final long LOOK_INTERVAL_MILLIS = 1_000;

    /** The wait before standing for election again when the log did not answer. */
    private static final Backoff BACKOFF = Backoff.constant(Duration.ofMillis(500));

    /** Records held for those who follow the log through this process. */
    static final int TAIL_RECORDS_MAX = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(RolloutVerticle.class);

    private final String name;
    private final Future<String> url;
    private final RuntimePorts ports;
    private final Fleet fleet = new Fleet();
    private final TailRing tail = new TailRing(TAIL_RECORDS_MAX);
    private final OrchestratorMetrics metrics;
    private final LogTime time;

    private ViewPublisher views;
    private OwnerContext owner;
    private FleetFold fold;
    private Leadership leadership;
    private Decisions decisions;
    private Timers timers;
    private LogFeed feed;
    private FleetService service;
    private volatile boolean ready;
    private boolean clocksDiffer;

    /**
     * @param name this orchestrator's, as its configuration gives it
     * @param url where its HTTP API answers; it does not lead before this is known
     */
    public RolloutVerticle(String name, Future<String> url, RuntimePorts ports) {
        this.name = name;
        this.url = url;
        this.ports = ports;
        this.metrics = new OrchestratorMetrics(ports.registry());
        this.time = new LogTime(metrics::monotonicMillis, ports.clock());
    }

    /** The fleet for others; there once the deployment has completed. */
    public FleetService service() {
        return service;
    }

    @Override
    public Future<?> start() {
        wire();
        long startedAt = metrics.monotonicMillis();
        feed = ports.log().follow(everything(), new OnOwner());
        feed.stopped().onFailure(cause -> fold.stop(Optional.empty(), cause));
        feed.caughtUp().onSuccess(done -> caughtUp(startedAt));
        vertx.setPeriodic(LOOK_INTERVAL_MILLIS, tick -> tick());
        return Future.succeededFuture();
    }

    private final class OnOwner implements RecordSink {
        @Override
        public Future<Void> accept(List<LogRecord> batch) {
            owner.require();
            time.heard(batch, ready);
            return fold.accept(batch);
        }

        @Override
        public Future<Void> unreadable(UnreadableRecord record) {
            owner.require();
            return fold.unreadable(record);
        }
    }

    private void wire() {
        owner = new OwnerContext(vertx, context);
        views = new ViewPublisher(vertx, fleet, metrics);
        fold =
                new FleetFold(
                        fleet,
                        new FoldPorts(
                                time::now,
                                views,
                                this::folded,
                                this::affected,
                                position -> ports.log().skipOf(position),
                                this::fault),
                        metrics);
        leadership = new Leadership(leaderPorts(), this::lead, this::follow);
        timers = new Timers(vertx, time::now, this::look);
        NegativeAnswers refusals = new NegativeAnswers(name, () -> views.newest().leader());
        decisions = new Decisions(fleet, decisionPorts(), refusals, metrics);
        PlanPublisher publishing = new PlanPublisher(name, fleet, decisionPorts(), refusals);
        service =
                new OwnerFleetService(
                        owner,
                        new ServiceParts(
                                ports,
                                time,
                                views,
                                tail,
                                decisions,
                                publishing,
                                leadership,
                                () -> ready,
                                refusals::otherLeader));
        metrics.watch(service);
    }

    private LeaderPorts leaderPorts() {
        return new LeaderPorts(
                ports.log(),
                name,
                url::result,
                ports.clock(),
                fleet::log,
                () -> feed.follow(everything()),
                positions -> fold.until(positions),
                action -> vertx.setTimer(BACKOFF.after(1).toMillis(), fired -> action.run()));
    }

    private DecisionPorts decisionPorts() {
        return new DecisionPorts(
                time::now,
                entries -> leadership.append(entries),
                positions -> fold.until(positions),
                views::publish,
                this::quiet,
                defect -> fold.stop(Optional.empty(), defect));
    }

    private Set<TopicPartition> everything() {
        Set<TopicPartition> topicPartitions = new TreeSet<>();
        for (Topic topic : Topic.values()) {
            topicPartitions.addAll(ports.log().topicPartitions(topic));
        }
        return topicPartitions;
    }

    private void caughtUp(long startedAt) {
        views.publish();
        ready = true;
        LOGGER.atInfo()
                .addKeyValue("events", fold.events())
                .addKeyValue("offset", views.newest().positions())
                .addKeyValue("millis", metrics.monotonicMillis() - startedAt)
                .log("Folded the log up to its end");
        url.onSuccess(known -> context.runOnContext(ignored -> leadership.stand()));
    }

    private void tick() {
        compareClocks();
        lookAtAll();
    }

    private void compareClocks() {
        Optional<Duration> difference = time.difference();
        if (difference.isPresent() == clocksDiffer) {
            return;
        }
        clocksDiffer = difference.isPresent();
        if (difference.isEmpty()) {
            LOGGER.atInfo().log("This machine's clock and the brokers' agree again");
            return;
        }
        LOGGER.atWarn()
                .addKeyValue("millis", difference.get().toMillis())
                .log(
                        "This machine's clock is off from the brokers' by this much; silence, soaks"
                                + " and deadlines go by the brokers'. See to NTP on both");
    }

    private void lead() {
        decisions.start();
        lookAtAll();
    }

    private void follow() {
        decisions.stop();
        timers.clearAll();
    }

    private void folded(List<LogRecord> batch) {
        tail.append(batch);
        if (leadership.leading()) {
            TransitionLog.log(batch);
        }
    }

    private void affected(AffectedRollouts batch) {
        if (batch.everyRollout()) {
            lookAtAll();
        }
        batch.rollouts().forEach(this::look);
    }

    private void lookAtAll() {
        if (leadership.leading()) {
            fleet.rollouts().stream()
                    .filter(RolloutState::isOpen)
                    .map(RolloutState::id)
                    .toList()
                    .forEach(this::look);
        }
    }

    private void look(RolloutId rollout) {
        decisions.advance(rollout);
    }

    /** Nothing is due now: set the timer for when something will be. */
    private void quiet(RolloutId rollout) {
        timers.clear(rollout);
        RolloutDecider.nextAdvance(fleet, rollout, time.now())
                .ifPresent(at -> timers.set(rollout, at));
    }

    /** This process decides nothing more; another one may, if the fault is not in the log. */
    private void fault(Optional<Position> at, Throwable cause) {
        ready = false;
        leadership.close();
        ports.faults().onFault(at, cause);
    }

    @Override
    public Future<?> stop() {
        ready = false;
        return leadership.close().eventually(feed::close).eventually(this::release);
    }

    private Future<Void> release() {
        timers.clearAll();
        fold.abandon();
        return Future.succeededFuture();
    }
}
