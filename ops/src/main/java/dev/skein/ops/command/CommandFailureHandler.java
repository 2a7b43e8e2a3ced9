package dev.skein.ops.command;

import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.source.PlanRefused;
import dev.skein.protocol.log.LogMisconfigured;
import dev.skein.protocol.settings.SettingsInvalid;
import dev.skein.protocol.text.ControlCharacters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns any failure of a command into one message and an exit code; stack traces are never printed.
 */
final class CommandFailureHandler implements IExecutionExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandFailureHandler.class);

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println("skein: " + ControlCharacters.shownInLines(messageOf(failure)));
        command.getErr().flush();
        LOGGER.atDebug().setCause(failure).log("command failed");
        return exitCodeOf(failure);
    }

    private static String messageOf(Exception failure) {
        boolean speaks = failure.getMessage() != null && !failure.getMessage().isBlank();
        return speaks ? failure.getMessage() : failure.getClass().getSimpleName();
    }

    private static int exitCodeOf(Exception failure) {
        if (failure instanceof CommandFailed ended) {
            return ended.exitCode();
        }
        if (failure instanceof ServerRefused refused) {
            return exitCodeOf(refused);
        }
        if (failure instanceof PlanRefused
                || failure instanceof SettingsInvalid
                || failure instanceof LogMisconfigured) {
            return ExitCodes.USAGE;
        }
        return ExitCodes.FAILED;
    }

    private static int exitCodeOf(ServerRefused refused) {
        if (refused.isByState()) {
            return ExitCodes.REFUSED;
        }
        return refused.isCallersFault() ? ExitCodes.USAGE : ExitCodes.FAILED;
    }
}
