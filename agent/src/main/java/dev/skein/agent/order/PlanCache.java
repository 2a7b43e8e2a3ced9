package dev.skein.agent.order;

import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.PlanReference;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.log.EventLog;
import dev.skein.protocol.log.LogCorrupt;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The plans an agent works with: each read from the log once and kept while it is in use.
 *
 * <p>Holds the plans used last: at most {@value #PLANS_MAX}, and of those that came before the last
 * one only as many as have, with it, {@value #TEXT_MAX} characters of SQL. Confined to one context.
 */
public final class PlanCache {
    static final int PLANS_MAX = 16;

    /** A character is a byte of the heap, or two where a text has any beyond Latin-1. */
    static final long TEXT_MAX = 64L << 20;

    /**
     * How often the log may say that it has no such record: a broker that has just taken a
     * partition over may be a little behind.
     */
    static final int MISSING_MAX = 3;

    private final Vertx vertx;
    private final EventLog log;
    private final long textMax;
    private final Map<PlanId, Future<Plan>> plans = new LinkedHashMap<>(PLANS_MAX, 0.75f, true);

    /** Characters of those that have been read. */
    private final Map<PlanId, Long> lengths = new TreeMap<>();

    /** How often each was not where it should be, in a row. */
    private final Map<PlanId, Integer> missing = new TreeMap<>();

    public PlanCache(Vertx vertx, EventLog log) {
        this(vertx, log, TEXT_MAX);
    }

    PlanCache(Vertx vertx, EventLog log, long textMax) {
        this.vertx = vertx;
        this.log = log;
        this.textMax = textMax;
    }

    /**
     * The plan that the order names.
     *
     * @return fails with {@link dev.skein.protocol.log.LogUnavailable} if the log does not give the
     *     record, with {@link OrderRefused} if the record is not that plan or cannot be read
     */
    public Future<Plan> planOf(OrderIssued order) {
        return plan(new PlanReference(order.plan(), order.planOffset()));
    }

    /**
     * The other plans that the order's terms name, in their order; those that are not where the
     * order says are left out.
     *
     * @return fails with {@link dev.skein.protocol.log.LogUnavailable} if the log does not give a
     *     record
     */
    public Future<List<Plan>> earlierPlansOf(OrderIssued order) {
        List<Future<Optional<Plan>>> found =
                order.terms().map(RollbackTerms::earlierPlans).orElse(List.of()).stream()
                        .map(this::ifThere)
                        .toList();
        return Future.all(found)
                .map(all -> found.stream().flatMap(each -> each.result().stream()).toList());
    }

    private Future<Optional<Plan>> ifThere(PlanReference reference) {
        return plan(reference)
                .map(Optional::of)
                .recover(
                        failure ->
                                failure instanceof OrderRefused
                                        ? Future.succeededFuture(Optional.empty())
                                        : Future.failedFuture(failure));
    }

    private Future<Plan> plan(PlanReference reference) {
        Future<Plan> known = plans.get(reference.plan());
        if (known != null && !known.failed()) {
            return known;
        }
        Future<Plan> read = read(reference);
        plans.put(reference.plan(), read);
        if (plans.size() > PLANS_MAX) {
            forget(plans.keySet().iterator().next());
        }
        return read.onSuccess(plan -> keep(reference.plan(), plan));
    }

    /** The one that was just read stays, whatever its length. */
    private void keep(PlanId id, Plan plan) {
        if (!plans.containsKey(id)) {
            return;
        }
        lengths.put(id, plan.textLength());
        for (PlanId eldest : List.copyOf(plans.keySet())) {
            boolean fits = lengths.values().stream().mapToLong(each -> each).sum() <= textMax;
            if (fits) {
                return;
            }
            if (!eldest.equals(id)) {
                forget(eldest);
            }
        }
    }

    /** Whether that plan would not be read again. */
    boolean holds(PlanId id) {
        return plans.containsKey(id);
    }

    private void forget(PlanId id) {
        plans.remove(id);
        lengths.remove(id);
    }

    private Future<Plan> read(PlanReference reference) {
        Position position =
                new Position(
                        log.partitionOf(Topic.PLANS, reference.plan().value()), reference.offset());
        // The digest of a large plan takes longer than an event loop may be held up.
        return log.read(position)
                .onSuccess(found -> missing.remove(reference.plan()))
                .recover(failure -> Future.failedFuture(readable(reference, position, failure)))
                .compose(found -> vertx.executeBlocking(() -> verified(reference.plan(), found)));
    }

    private Throwable readable(PlanReference reference, Position position, Throwable failure) {
        if (failure instanceof LogCorrupt) {
            return differs(position, "cannot be read: " + failure.getMessage(), reference.plan());
        }
        boolean gone =
                failure instanceof LogUnavailable unavailable
                        && unavailable.isMissing()
                        && missing.merge(reference.plan(), 1, Integer::sum) >= MISSING_MAX;
        return gone ? lost(reference, position) : failure;
    }

    private static OrderRefused lost(PlanReference reference, Position position) {
        return new OrderRefused(
                "plan-missing",
                "the log holds no record at %s, where the order says that plan %s is"
                                .formatted(position, reference.plan().abbreviated())
                        + " (asked "
                        + MISSING_MAX
                        + " times). Nothing was run: publish the plan again, and open a new"
                        + " rollout");
    }

    private static OrderRefused differs(Position position, String how, PlanId expected) {
        return new OrderRefused(
                "plan-differs",
                "the record at %s %s; the order names plan %s."
                                .formatted(position, how, expected.abbreviated())
                        + " Nothing was run: publish the plan again, and open a new rollout");
    }

    private static Plan verified(PlanId expected, LogRecord found) {
        if (found.envelope().event() instanceof PlanPublished published) {
            PlanId actual = PlanCodec.idOf(published.content());
            if (actual.equals(expected)) {
                return published.content();
            }
            throw differs(found.position(), "holds plan " + actual.abbreviated(), expected);
        }
        throw differs(found.position(), "is no plan", expected);
    }
}
