package dev.skein.ops.command;

import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.Standalone;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein standalone}: everything in one process, over the user's own databases. */
@Command(
        name = "standalone",
        description =
                "Orchestrator, agent and Kafka in one process, over your own databases; everything"
                        + " is kept in a directory.",
        footer = "  skein standalone --config skein.yaml --data skein-data",
        mixinStandardHelpOptions = true)
final class StandaloneCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "YAML.")
    private Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "skein-data",
            description = "Where the log is kept (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Override
    public Integer call() {
        return ProcessRunner.run(this::serve);
    }

    private int serve(Lifecycle lifecycle) {
        Standalone standalone = Standalone.start(lifecycle, config, data);
        spec.commandLine().getOut().println(greeting(standalone.url()));
        spec.commandLine().getOut().flush();
        lifecycle.untilTold();
        return ExitCodes.DONE;
    }

    private static String greeting(String url) {
        return "skein answers at "
                + url
                + "\nlook at the fleet with:  skein fleet --server "
                + url
                + "\nend with Ctrl-C";
    }
}
