package dev.skein.ops.command;

import dev.skein.ops.demo.Demo;
import dev.skein.ops.run.FreePort;
import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein demo}: the main job on real parts, without installing any. */
@Command(
        name = "demo",
        description =
                "Start Kafka, PostgreSQL and a fleet of tenant databases in one process, and roll a"
                        + " plan out over them.",
        footer = "  skein demo --databases 100",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int DATABASES_MIN = 8;
    private static final int DATABASES_MAX = 2000;
    private static final int PORT_MAX = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    @Spec private CommandSpec spec;

    @Option(
            names = "--databases",
            paramLabel = "N",
            defaultValue = "24",
            description = "Tenant databases, 8 to 2000 (default: ${DEFAULT-VALUE}).")
    private int databases;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Of the HTTP API; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--exit", description = "End when the rollouts have, with a summary.")
    private boolean exit;

    @Override
    public Integer call() {
        requireRange("--databases", databases, DATABASES_MIN, DATABASES_MAX);
        requireRange("--port", port, 0, PORT_MAX);
        FreePort.require(LOOPBACK, port, "give another with --port, or 0 for any that is free");
        Logging.onlyErrors();
        return ProcessRunner.run(this::serve);
    }

    private int serve(Lifecycle lifecycle) {
        Demo demo = Demo.start(lifecycle, spec.commandLine().getOut(), databases, port);
        boolean asPlanned = demo.run();
        if (!exit) {
            demo.sayHowToLookFurther();
            lifecycle.untilTold();
        }
        return asPlanned ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static void requireRange(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw CommandFailed.usage(option + " " + value + " is not " + min + " to " + max);
        }
    }
}
