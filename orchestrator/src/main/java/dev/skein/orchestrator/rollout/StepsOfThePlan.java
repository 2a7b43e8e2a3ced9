package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Progress;
import java.util.Optional;

/**
 * How far a database has come, in steps as the plan counts them: the checks that an order runs
 * after the last step are none of its steps.
 */
final class StepsOfThePlan {
    private StepsOfThePlan() {}

    static Optional<Progress> of(RolloutState rollout, TargetStatus status) {
        int checks =
                status.order()
                        .filter(each -> runsChecks(each.kind()))
                        .map(each -> rollout.spec(status.wave()).gates().checks().size())
                        .orElse(0);
        return status.report()
                .flatMap(OrderReport::progress)
                .map(progress -> without(checks, progress));
    }

    private static boolean runsChecks(OrderKind kind) {
        return kind == OrderKind.APPLY || kind == OrderKind.MOVE;
    }

    /** One that could not even look has no steps to tell of. */
    private static Progress without(int checks, Progress progress) {
        int total = progress.stepsTotal() - checks;
        return total < 0 ? progress : new Progress(Math.min(progress.stepsDone(), total), total);
    }
}
