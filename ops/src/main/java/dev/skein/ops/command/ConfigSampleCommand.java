package dev.skein.ops.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein config sample PROCESS}: a file to begin with, every key explained. */
@Command(
        name = "sample",
        description = "Print a commented configuration file with every key that a process knows.",
        footer = "  skein config sample standalone",
        mixinStandardHelpOptions = true)
final class ConfigSampleCommand implements Callable<Integer> {
    /** The processes that have a file of their own. */
    enum Process {
        agent,
        orchestrator,
        standalone
    }

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "PROCESS", description = "One of ${COMPLETION-CANDIDATES}")
    private Process process;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text(process));
        out.flush();
        return ExitCodes.DONE;
    }

    static String text(Process process) {
        String name = "/config/" + process + ".yaml";
        try (InputStream sample = ConfigSampleCommand.class.getResourceAsStream(name)) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
