package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.render.PlanText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan show}: what a plan would do, step by step; without a name, the list. */
@Command(
        name = "show",
        description =
                "Show a plan file or a published plan; without either, list what is published.",
        footer = "  skein plan show billing.json --sql",
        mixinStandardHelpOptions = true)
final class PlanShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    @Parameters(
            arity = "0..1",
            paramLabel = "PLAN",
            description =
                    "A file of 'plan build', or the id (8 digits or more) of a published plan")
    private String plan;

    @Option(names = "--sql", description = "Print every step's SQL.")
    private boolean sql;

    @Override
    public Integer call() {
        if (plan == null) {
            JsonNode plans = Pages.all(server.client(), "/plans", "");
            output.printFitted(spec.commandLine().getOut(), plans, PlanText::list);
            return ExitCodes.DONE;
        }
        JsonNode shown =
                PlanFile.isMeantBy(plan)
                        ? PlanFile.read(Path.of(plan)).toJson()
                        : server.client().get("/plans/" + Paths.part(plan));
        output.printFitted(
                spec.commandLine().getOut(),
                shown,
                (each, columns) -> PlanText.plan(each, sql, columns));
        return ExitCodes.DONE;
    }
}
