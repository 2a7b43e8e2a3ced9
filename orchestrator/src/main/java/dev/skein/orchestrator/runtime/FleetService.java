package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fleet as the HTTP API and an embedding program see it.
 *
 * <p>May be called from any thread; futures complete on the calling Vert.x context.
 */
public interface FleetService {
    /**
     * The newest published view: at most 50 ms behind the fold while there is little to do, longer
     * where a view takes long to make. It holds everything that an accepted answer reports.
     */
    FleetView view();

    /** Tells of new views on the caller's context, only of the latest where several came. */
    Subscription onView(Consumer<FleetView> listener);

    /** The records folded last. */
    EventTail tail();

    /**
     * Decides a command and appends what follows from it.
     *
     * @return completes after the decision's events have been folded; never fails
     */
    Future<Answer<CommandReply>> submit(Command command);

    /**
     * Publishes a plan; one that is published already is answered with as it is.
     *
     * @param name a person's name for it
     * @param by who asks for it
     * @return completes after the plan has been folded; never fails
     */
    Future<Answer<PublishedPlan>> publish(Plan plan, String name, String by);

    /**
     * Reads what was ordered of one database and what it reported, from the log itself.
     *
     * @param limit how many records at most, 1 or more
     * @return fails with {@code LogUnavailable} if the log does not answer, or if too many such
     *     reads are under way
     */
    Future<DatabaseHistory> history(DatabaseId database, int limit);

    /** Whether this orchestrator decides. */
    boolean leading();

    /** Whether the fold has reached what was in the log when it started, and continues. */
    boolean ready();

    /**
     * Whether a command that is sent here would be taken: by this orchestrator, or by the leader
     * that it sends the caller to.
     */
    boolean takesCommands();

    /** The time by which decisions are made: the brokers', whatever this machine's clock says. */
    Instant now();

    /**
     * How far this machine's clock is ahead of the brokers', negative where it is behind; absent
     * while they agree within a few seconds.
     */
    Optional<Duration> clockDifference();

    /** A fresh name for a rollout about to be opened. */
    RolloutId nextRolloutId();
}
