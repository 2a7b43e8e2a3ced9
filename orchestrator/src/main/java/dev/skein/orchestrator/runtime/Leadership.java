package dev.skein.orchestrator.runtime;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.event.LogCreated;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LeaderElection;
import dev.skein.protocol.log.LogFenced;
import dev.skein.protocol.log.LogRefused;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to decide: how it is won, used and lost.
 *
 * <p>Confined to the owner's context. Each attempt to lead is a <em>term</em>:
 *
 * <ol>
 *   <li>An exclusive writer is opened, which fences every leader before: nothing of theirs can
 *       appear in the log behind this point.
 *   <li>The fold catches up with the end of the log, so that it holds all they ever decided.
 *   <li>{@code LeadershipTaken} is appended and folded; only then are decisions made. A log without
 *       an identity gets one with it.
 * </ol>
 *
 * <p>An append that was not acknowledged leaves its fate open, so it ends the term: the next one
 * fences whatever is under way and folds what did arrive, before anything is decided again.
 */
final class Leadership implements LeaderElection.Candidate {
    static final String ELECTION = "leader";
    private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);

    private final LeaderPorts ports;
    private final Runnable onLead;
    private final Runnable onLoss;

    private Optional<LeaderElection> leaderElection = Optional.empty();
    private Optional<LogWriter> writer = Optional.empty();
    private boolean elected;
    private volatile boolean leading;
    private volatile boolean doubted;
    private boolean closed;
    private long term;

    /**
     * @param onLead decisions may be made
     * @param onLoss no decision may be made any more
     */
    Leadership(LeaderPorts ports, Runnable onLead, Runnable onLoss) {
        this.ports = ports;
        this.onLead = onLead;
        this.onLoss = onLoss;
    }

    /** Stands for election from now on. */
    void stand() {
        if (!closed) {
            leaderElection = Optional.of(ports.log().standForElection(ELECTION, this));
        }
    }

    /** May be asked on any thread. A lead in doubt is none: another orchestrator may have it. */
    boolean leading() {
        return leading && !doubted;
    }

    @Override
    public void doubted(boolean doubt) {
        if (doubt && leading) {
            LOGGER.atWarn().log("Nothing is heard of the log: the lead is in doubt");
        }
        doubted = doubt;
    }

    @Override
    public void elected() {
        if (!closed) {
            elected = true;
            take();
        }
    }

    @Override
    public void deposed() {
        elected = false;
        if (leading) {
            LOGGER.atInfo().log("Deposed: another orchestrator is to lead");
        }
        endTerm();
    }

    private void take() {
        term++;
        long mine = term;
        ports.log()
                .exclusiveWriter(ELECTION)
                .compose(opened -> hold(mine, opened))
                .compose(held -> ports.foldToEnd().get())
                .compose(folded -> announce(mine))
                .compose(ports.folded())
                .onSuccess(done -> lead(mine))
                .onFailure(cause -> lost(mine, cause));
    }

    private Future<Void> hold(long mine, LogWriter opened) {
        if (mine != term) {
            opened.close();
            return Future.failedFuture("the term is over");
        }
        writer = Optional.of(opened);
        return Future.succeededFuture();
    }

    private Future<List<Position>> announce(long mine) {
        if (mine != term || writer.isEmpty()) {
            return Future.failedFuture("the term is over");
        }
        List<Entry> entries = new ArrayList<>();
        if (ports.known().get().isEmpty()) {
            entries.add(identity());
        }
        LeadershipTaken taken =
                new LeadershipTaken(ports.name(), ports.url().get(), ports.clock().get());
        entries.add(new Entry(Topic.ROLLOUTS, Envelope.uncounted(source(), taken)));
        return writer.get().append(entries);
    }

    /** May be passed over by readers of before, which know no identities. */
    private Entry identity() {
        LogId fresh = new LogId("log-" + UUID.randomUUID());
        LogCreated created =
                new LogCreated(
                        fresh,
                        ports.name(),
                        OptionalInt.of(ports.log().partitions(Topic.ORDERS)),
                        ports.clock().get());
        return new Entry(Topic.ROLLOUTS, Envelope.uncounted(source(), created).asIgnorable());
    }

    private String source() {
        return "orchestrator:" + ports.name();
    }

    private void lead(long mine) {
        if (mine == term) {
            leading = true;
            LOGGER.atInfo().log("Leading the fleet");
            onLead.run();
        }
    }

    /**
     * Appends all or none, as the leader.
     *
     * @return fails as {@link LogWriter#append} does; a failure has ended the term already, unless
     *     the log refused the entries, of which nothing was written then
     */
    Future<List<Position>> append(List<Entry> entries) {
        long mine = term;
        if (!leading || writer.isEmpty()) {
            return Future.failedFuture("not leading");
        }
        return writer.get()
                .append(entries)
                .onFailure(
                        cause -> {
                            if (!(cause instanceof LogRefused)) {
                                lost(mine, cause);
                            }
                        });
    }

    private void lost(long mine, Throwable cause) {
        if (mine != term) {
            return;
        }
        endTerm();
        if (cause instanceof LogFenced) {
            LOGGER.atWarn()
                    .addKeyValue("error", cause.getMessage())
                    .log("Another orchestrator took the lead; standing for election again");
            standAgain();
        } else {
            LOGGER.atWarn()
                    .addKeyValue("error", cause.getMessage())
                    .log("The lead is given up until the log answers; taking it again shortly");
            LOGGER.atDebug().setCause(cause).log("The lead was given up");
            ports.later().accept(this::takeAgain);
        }
    }

    private void standAgain() {
        elected = false;
        Optional<LeaderElection> old = leaderElection;
        leaderElection = Optional.empty();
        old.ifPresent(each -> each.close().onComplete(done -> ports.later().accept(this::stand)));
    }

    private void takeAgain() {
        if (elected && !leading && writer.isEmpty()) {
            take();
        }
    }

    private void endTerm() {
        term++;
        writer.ifPresent(LogWriter::close);
        writer = Optional.empty();
        if (leading) {
            leading = false;
            onLoss.run();
        }
    }

    /** Stops leading, so that another orchestrator is elected at once. Never fails. */
    Future<Void> close() {
        closed = true;
        elected = false;
        Optional<LogWriter> open = writer;
        writer = Optional.empty();
        endTerm();
        return open.map(LogWriter::close)
                .orElseGet(Future::succeededFuture)
                .eventually(
                        () ->
                                leaderElection
                                        .map(LeaderElection::close)
                                        .orElseGet(Future::succeededFuture));
    }
}
