package dev.skein.ops.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein help}: what {@code --help} prints, for those who ask the other way round. */
@Command(
        name = "help",
        description = "How to call a command; the same as its --help.",
        footer = "  skein help rollout open",
        mixinStandardHelpOptions = true)
final class HelpOnCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "The command's words; without, all commands.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        CommandLine at = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        at, at.getCommandSpec().qualifiedName() + " has no command '" + word + "'");
            }
            at = next;
        }
        at.usage(spec.commandLine().getOut());
        return ExitCodes.DONE;
    }
}
