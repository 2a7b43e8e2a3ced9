package dev.skein.orchestrator.http;

import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.orchestrator.runtime.FleetService;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds what a request names, or refuses. May be called from any thread. */
final class Lookups {
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{8,64}");
    private static final int NAMED_MAX = 5;

    private final FleetService fleet;

    Lookups(FleetService fleet) {
        this.fleet = fleet;
    }

    RolloutState rollout(FleetView view, String name) {
        return parse(() -> new RolloutId(name))
                .map(view.rollouts()::get)
                .orElseThrow(
                        () ->
                                unknown(
                                        RejectionCode.UNKNOWN_ROLLOUT,
                                        "no rollout is named " + name));
    }

    /** The id of a rollout that may not exist: the decision says so. */
    RolloutId rolloutId(String name) {
        return parse(() -> new RolloutId(name))
                .orElseThrow(
                        () ->
                                unknown(
                                        RejectionCode.UNKNOWN_ROLLOUT,
                                        "no rollout is named " + name));
    }

    /** A target that agents announce, or of which something was ordered or reported. */
    DatabaseId database(FleetView view, String name) {
        return parse(() -> DatabaseId.parse(name))
                .filter(id -> isKnown(view, id))
                .orElseThrow(
                        () ->
                                unknown(
                                        RejectionCode.UNKNOWN_DATABASE,
                                        "no agent has announced a database " + name));
    }

    private static boolean isKnown(FleetView view, DatabaseId id) {
        return view.inventory().announcement(id).isPresent() || view.databases().containsKey(id);
    }

    /**
     * The id that these digits begin. One that is whole is taken as it is: whether such a plan is
     * published is for the leader to say, since a follower may not have read of it yet.
     */
    PlanId planId(FleetView view, String prefix) {
        return parse(() -> new PlanId(prefix)).orElseGet(() -> plan(view, prefix).id());
    }

    /** The plan whose id begins with these digits. */
    PublishedPlan plan(FleetView view, String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw HttpProblem.of(
                            HttpProblemCode.INVALID_REQUEST,
                            "'%s' is not the beginning of a plan's id: 8 to 64 digits 0-9a-f"
                                    .formatted(prefix))
                    .refused();
        }
        List<PublishedPlan> found = beginningWith(view, prefix);
        if (found.size() > 1) {
            throw ambiguous(prefix, found);
        }
        return found.stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                unknown(
                                        RejectionCode.UNKNOWN_PLAN,
                                        "no plan is published whose id begins with " + prefix));
    }

    private static List<PublishedPlan> beginningWith(FleetView view, String prefix) {
        PlanId first = new PlanId(prefix + "0".repeat(64 - prefix.length()));
        return view.plans().tailMap(first).values().stream()
                .takeWhile(each -> each.id().value().startsWith(prefix))
                .toList();
    }

    private static RequestRefused ambiguous(String prefix, List<PublishedPlan> found) {
        List<String> some = found.stream().limit(NAMED_MAX).map(each -> each.id().value()).toList();
        return HttpProblem.of(
                        HttpProblemCode.AMBIGUOUS_PLAN,
                        "%d plans begin with %s; give more digits of one of %s"
                                .formatted(found.size(), prefix, String.join(", ", some)))
                .refused();
    }

    private static <T> Optional<T> parse(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }

    /** While the log is being folded, it is not known yet what does not exist. */
    private RequestRefused unknown(RejectionCode code, String detail) {
        if (!fleet.ready()) {
            return notReady().refused();
        }
        return HttpProblem.of(code, detail).refused();
    }

    static HttpProblem noLeader() {
        return HttpProblem.of(
                        HttpProblemCode.NOT_READY,
                        "the log is folded and can be read; commands are not taken yet, because no"
                                + " leader is known. Ask again in a moment")
                .retryable();
    }

    static HttpProblem notReady() {
        return HttpProblem.of(
                        HttpProblemCode.NOT_READY,
                        "the log has not been folded to its end yet, or is no longer followed; ask"
                                + " again in a moment")
                .retryable();
    }
}
