package dev.skein.ops.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skein plan …}: from migrations to a plan the fleet can be given. */
@Command(
        name = "plan",
        description = "Build a plan from migrations, look at it, publish it.",
        footer = "  skein plan build db/migration --format flyway -o billing.json",
        mixinStandardHelpOptions = true,
        subcommands = {
            PlanBuildCommand.class,
            PlanDiffCommand.class,
            PlanLintCommand.class,
            PlanRehearseCommand.class,
            PlanShowCommand.class,
            PlanListCommand.class,
            PlanPublishCommand.class
        })
final class PlanCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "plan build, diff, lint, rehearse, show, list or publish?");
    }
}
