package dev.skein.agent.order;

import dev.skein.protocol.codec.Digests;
import dev.skein.protocol.event.DatabasesJoined;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether an order is what its rollout says: what a person approved is the rollout, and an order
 * that asks for something else must not run.
 *
 * <p>Of each rollout the databases of this agent's servers are kept; the digest over the whole of
 * it is computed once, when its first order begins. Confined to one context.
 */
public final class OrderCheck {
    private static final String NEXT =
            "; nothing was run. Look at the rollout's history, and retry";

    private final Vertx vertx;
    private final EventLog log;
    private final Set<String> servers;
    private final Supplier<Future<Void>> rolloutsKnown;
    private final Map<RolloutId, OpenedRollout> openings = new TreeMap<>();

    /**
     * @param servers the names of this agent's servers
     * @param rolloutsKnown completes once every decision written before the call has been taken
     */
    public OrderCheck(
            Vertx vertx,
            EventLog log,
            Collection<String> servers,
            Supplier<Future<Void>> rolloutsKnown) {
        this.vertx = vertx;
        this.log = log;
        this.servers = new TreeSet<>(servers);
        this.rolloutsKnown = rolloutsKnown;
    }

    private static final class OpenedRollout {
        private final Position at;
        private final PlanId plan;
        private final long planOffset;
        private final Set<DatabaseId> databases = new TreeSet<>();
        private Optional<Future<Void>> digest = Optional.empty();

        OpenedRollout(Position at, RolloutOpened event) {
            this.at = at;
            this.plan = event.plan();
            this.planOffset = event.planOffset();
        }
    }

    /** Takes what a decision says of the rollout's plan and databases. */
    void rollout(Position at, RolloutEvent event) {
        if (event instanceof RolloutOpened opened) {
            OpenedRollout opening = new OpenedRollout(at, opened);
            opened.waves().forEach(wave -> add(opening, wave.databases()));
            openings.putIfAbsent(opened.rollout(), opening);
        }
        if (event instanceof DatabasesJoined joined && openings.containsKey(joined.rollout())) {
            add(openings.get(joined.rollout()), joined.databases());
        }
    }

    private void add(OpenedRollout opening, Collection<DatabaseId> databases) {
        databases.stream()
                .filter(each -> servers.contains(each.server()))
                .forEach(opening.databases::add);
    }

    /** Those of this agent's servers that any rollout has named so far. */
    public SortedSet<DatabaseId> databases() {
        return openings.values().stream()
                .flatMap(each -> each.databases.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Compares the order with its rollout.
     *
     * @return fails with {@link OrderRefused} if they differ, with {@link
     *     dev.skein.protocol.log.LogUnavailable} if the log does not tell
     */
    Future<Void> verify(OrderIssued order) {
        return isKnown(order)
                ? compare(order)
                // Orders and decisions are read side by side: the opening may be still to come.
                : rolloutsKnown.get().compose(known -> compare(order));
    }

    private boolean isKnown(OrderIssued order) {
        OpenedRollout opening = openings.get(order.rollout());
        return opening != null && opening.databases.contains(order.database());
    }

    private Future<Void> compare(OrderIssued order) {
        OpenedRollout opening = openings.get(order.rollout());
        if (opening == null) {
            return refused("order-of-unknown-rollout", order, "the log has no such rollout");
        }
        if (!opening.plan.equals(order.plan()) || opening.planOffset != order.planOffset()) {
            return refused(
                    "order-of-another-plan",
                    order,
                    "it names plan %s at offset %d, and the rollout was opened with plan %s at"
                                    .formatted(
                                            order.plan().abbreviated(),
                                            order.planOffset(),
                                            opening.plan.abbreviated())
                            + " offset "
                            + opening.planOffset);
        }
        if (!opening.databases.contains(order.database())) {
            return refused(
                    "order-of-another-database", order, "the rollout does not have this database");
        }
        return digest(order, opening);
    }

    private Future<Void> digest(OrderIssued order, OpenedRollout opening) {
        Future<Void> known = opening.digest.filter(each -> !each.failed()).orElse(null);
        if (known == null) {
            // The digest of a rollout of many databases takes longer than an event loop may be
            // held up, and is the same for all its orders.
            known =
                    log.read(opening.at)
                            .compose(found -> vertx.executeBlocking(() -> verified(order, found)));
            opening.digest = Optional.of(known);
        }
        return known;
    }

    private static Void verified(OrderIssued order, LogRecord found) {
        if (found.envelope().event() instanceof RolloutOpened opened) {
            String actual =
                    Digests.rollout(
                            opened.plan(),
                            opened.strategy(),
                            opened.waves(),
                            opened.isFor(),
                            opened.terms(),
                            opened.declared());
            if (!actual.equals(opened.digest())) {
                throw refusal(
                        "rollout-digest-differs",
                        order,
                        "the rollout's record at %s says digest %s, and what it holds has %s"
                                .formatted(found.position(), opened.digest(), actual));
            }
        }
        return null;
    }

    private static Future<Void> refused(String code, OrderIssued order, String why) {
        return Future.failedFuture(refusal(code, order, why));
    }

    private static OrderRefused refusal(String code, OrderIssued order, String why) {
        return new OrderRefused(
                code,
                "order %d of rollout %s for %s is not the rollout's: %s%s"
                        .formatted(order.epoch(), order.rollout(), order.database(), why, NEXT));
    }
}
