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

/** Answers reads where they are asked and takes everything else to the owner's context. */
final class OwnerFleetService implements FleetService {
    private final OwnerContext owner;
    private final ServiceParts parts;
    private final HistoryReader histories;

    OwnerFleetService(OwnerContext owner, ServiceParts parts) {
        this.owner = owner;
        this.parts = parts;
        this.histories = new HistoryReader(parts.ports().log());
    }

    @Override
    public FleetView view() {
        return parts.views().newest();
    }

    @Override
    public Subscription onView(Consumer<FleetView> listener) {
        return parts.views().add(listener);
    }

    @Override
    public EventTail tail() {
        return parts.tail();
    }

    @Override
    public Future<Answer<CommandReply>> submit(Command command) {
        return owner.call(() -> parts.decisions().submit(command));
    }

    @Override
    public Future<Answer<PublishedPlan>> publish(Plan plan, String name, String by) {
        return owner.compute(() -> PlanPublisher.PublishRequest.of(plan, name, by))
                .compose(this::publish);
    }

    private Future<Answer<PublishedPlan>> publish(PlanPublisher.PublishRequest request) {
        return owner.call(() -> parts.publishing().publish(request, leading()));
    }

    @Override
    public Future<DatabaseHistory> history(DatabaseId database, int limit) {
        return histories.read(database, limit);
    }

    @Override
    public boolean leading() {
        return parts.leadership().leading();
    }

    @Override
    public boolean ready() {
        return parts.ready().getAsBoolean();
    }

    @Override
    public boolean takesCommands() {
        return ready() && (leading() || parts.otherLeader().get().isPresent());
    }

    @Override
    public Instant now() {
        return parts.time().now();
    }

    @Override
    public Optional<Duration> clockDifference() {
        return parts.time().difference();
    }

    @Override
    public RolloutId nextRolloutId() {
        return parts.ports().rolloutIds().get();
    }
}
