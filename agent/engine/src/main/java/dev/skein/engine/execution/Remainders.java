package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackRemainder;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says in words what a rollback leaves in a database, and who applied it. */
final class Remainders {
    private final Plan plan;
    private final OrderIssued order;
    private final Survey survey;
    private final AppliedState appliedState;

    Remainders(Plan plan, OrderIssued order, Survey survey, AppliedState appliedState) {
        this.plan = plan;
        this.order = order;
        this.survey = survey;
        this.appliedState = appliedState;
    }

    /** Empty where all that was meant is undone by it. */
    Optional<RollbackRemainder> of(ExecutionPlan executionPlan, RollbackPath path) {
        boolean nothing =
                executionPlan.plannedSteps().isEmpty()
                        && executionPlan.closing().isEmpty()
                        && !survey.undoneBy(order.rollout());
        List<String> left = new ArrayList<>(path.left());
        left.addAll(path.passedOver());
        if (!nothing && left.isEmpty()) {
            return Optional.empty();
        }
        String reason = nothing ? nothingUndone(path) : stays(path);
        return Optional.of(
                new RollbackRemainder(nothing, appliedBy(), ShortKeys.first(left), reason));
    }

    private List<RolloutId> appliedBy() {
        Set<RolloutId> rollouts = new LinkedHashSet<>();
        standing()
                .forEach(
                        key ->
                                Optional.ofNullable(appliedState.migrationStates().get(key))
                                        .map(MigrationState::rollout)
                                        .filter(each -> !each.equals(order.rollout()))
                                        .ifPresent(rollouts::add));
        return List.copyOf(rollouts);
    }

    /** Migrations of the plan that are in the database, in the plan's order. */
    private List<String> standing() {
        return plan.migrations().stream()
                .map(Migration::key)
                .filter(appliedState::isThere)
                .toList();
    }

    private String nothingUndone(RollbackPath path) {
        if (order.kind() != OrderKind.ROLLBACK) {
            return "nothing is applied above version "
                    + order.terms().flatMap(RollbackTerms::to).orElse("");
        }
        String none = "rollout " + order.rollout() + " has applied nothing that is still here";
        if (!path.left().isEmpty()) {
            return none + " but " + stays(path);
        }
        List<String> standing = standing();
        return standing.isEmpty() ? none : none + ": " + appliedByText(standing);
    }

    private String appliedByText(List<String> standing) {
        List<RolloutId> rollouts = appliedBy();
        long others =
                standing.stream()
                        .filter(key -> !appliedState.migrationStates().containsKey(key))
                        .count();
        List<String> who = new ArrayList<>();
        rollouts.forEach(each -> who.add("rollout " + each));
        if (others > 0) {
            who.add("somebody else than Skein");
        }
        return "what there is of its plan was applied by "
                + String.join(", ", who)
                + (who.size() == 1 ? "; roll that back" : "; roll these back, the newest first")
                + ", or roll back to a version";
    }

    private static String stays(RollbackPath path) {
        List<String> parts = new ArrayList<>();
        if (!path.left().isEmpty()) {
            parts.add(
                    ShortKeys.text(path.left())
                            + (path.left().size() == 1 ? " stays as it is" : " stay as they are"));
        }
        if (!path.passedOver().isEmpty()) {
            parts.add(
                    "what "
                            + ShortKeys.text(path.passedOver())
                            + " made stays, because it has no down and a person accepted that");
        }
        return String.join("; ", parts);
    }
}
