package dev.skein.ops;

import dev.skein.ops.command.SkeinCommand;

/** The entry point of the {@code skein} command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(SkeinCommand.commandLine().execute(arguments));
    }
}
