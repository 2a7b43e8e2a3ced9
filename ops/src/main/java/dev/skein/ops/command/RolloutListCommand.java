package dev.skein.ops.command;

import dev.skein.ops.render.RolloutText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein rollout list}: all rollouts, newest first. */
@Command(
        name = "list",
        description = "All rollouts, newest first.",
        footer = "  skein rollout list",
        mixinStandardHelpOptions = true)
final class RolloutListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            completionCandidates = Choices.Phases.class,
            description = "Only those in this phase: ${COMPLETION-CANDIDATES}.")
    private String phase;

    @Option(
            names = "--of-plan",
            paramLabel = "PLAN",
            description = "Only those of this plan: its name, or how its id begins.")
    private String plan;

    @Option(
            names = "--database",
            paramLabel = "ID",
            description = "Only those that have this database.")
    private String database;

    @Override
    public Integer call() {
        String query =
                new QueryString()
                        .with("phase", phase)
                        .with("plan", plan)
                        .with("database", database)
                        .toString();
        output.printFitted(
                spec.commandLine().getOut(),
                Pages.all(server.client(), "/rollouts", query),
                RolloutText::list);
        return ExitCodes.DONE;
    }
}
