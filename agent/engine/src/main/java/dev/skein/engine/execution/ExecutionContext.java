package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What stays the same through one order's execution.
 *
 * @param patience how long the database may be out of reach before the order fails
 */
record ExecutionContext(Assignment assignment, Duration patience) {
    OrderIssued order() {
        return assignment.order();
    }

    Plan plan() {
        return assignment.plan();
    }

    /** How many attempts at a step the order allows, the first one counted in. */
    int attemptsMax() {
        return order().limits().attempts();
    }

    /** Whether the order carries out this repair, which a person asked for. */
    boolean repairs(Repair repair) {
        return order().repair().filter(repair::equals).isPresent();
    }

    /** What the plan's rehearsal found that this step does. */
    Optional<RehearsedStep> rehearsed(StepRef step) {
        boolean up = step.direction() == Direction.UP;
        return plan().rehearsal().flatMap(r -> r.step(step.migration(), up, step.index()));
    }

    /** The version of the server on which the plan was rehearsed. */
    Optional<String> rehearsalServer() {
        return plan().rehearsal().map(Rehearsal::server);
    }

    /**
     * Whether the version table is told of this step's failure: Prisma's is told of each, and none
     * of a run that writes the table by itself.
     */
    boolean recordsFailureOf(PlannedStep plannedStep) {
        boolean up = plannedStep.ref().direction() == Direction.UP;
        if (PlannedStep.recordsItself(List.of(plannedStep.step()))) {
            return false;
        }
        return plannedStep.leavesHalf() || up && FrameworkRules.of(plan()).recordsEveryFailure();
    }
}
