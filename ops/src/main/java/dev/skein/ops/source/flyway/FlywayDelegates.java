package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * The files of a project, and the steps of those that Flyway itself runs.
 *
 * @param runner the runner's name; empty where none is given and the directory has none to give
 */
record FlywayDelegates(Optional<String> runner, FlywayFiles files, PlanProblems problems) {
    /** The one step; none, with a problem added, where it cannot be one. */
    List<Step> steps(FlywayProgram program) {
        if (runner.isEmpty()) {
            refuse(program, "the directory gives no name for its runner");
            return List.of();
        }
        try {
            return List.of(program.step(runner.get()));
        } catch (IllegalArgumentException unfit) {
            refuse(program, unfit.getMessage());
            return List.of();
        }
    }

    private void refuse(FlywayProgram program, String why) {
        problems.add(
                program.file().shown(),
                PlanProblemCode.CONFIGURATION,
                "it is delegated, and " + why,
                "Name the runner with --runner");
    }

    /** What runs in each migration's transaction has no place in one of Flyway's own. */
    void refuseAround(FlywayFile callback) {
        problems.add(
                callback.shown(),
                PlanProblemCode.NOT_SUPPORTED,
                "this callback runs in the transaction of each migration, and a delegated one has"
                        + " a transaction of Flyway's own",
                "Move it to beforeMigrate or afterMigrate, or build the plan without it by"
                        + " --leave-out "
                        + callback.fileName());
    }
}
