package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.ProgressPart;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What became of a database after a rollout had applied all of its plan: an older dump was restored
 * and a survey read it, or another rollout went back.
 */
final class SinceThen {
    private SinceThen() {}

    /** The version below the plan's last at which an order of another rollout saw it. */
    static Optional<String> of(RolloutState rollout, TargetStatus target, Plan plan) {
        ProgressPart progress = target.database().progress();
        boolean untouched =
                progress.last().map(OrderReport::rollout).stream().allMatch(rollout.id()::equals);
        if (untouched || target.state() != TargetState.APPLIED) {
            return Optional.empty();
        }
        List<String> versions =
                plan.migrations().stream()
                        .filter(each -> each.kind() == MigrationKind.VERSIONED)
                        .map(Migration::version)
                        .toList();
        return progress.version()
                .filter(versions::contains)
                .filter(each -> versions.indexOf(each) < versions.size() - 1);
    }
}
