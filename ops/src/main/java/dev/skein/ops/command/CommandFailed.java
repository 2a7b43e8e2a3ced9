package dev.skein.ops.command;

/** Ends a command with a message for the person who called it, and an exit code. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The operation was attempted and failed. */
    public static CommandFailed operation(String message) {
        return new CommandFailed(ExitCodes.FAILED, message);
    }

    /** The call or a file it names is wrong; nothing was attempted. */
    public static CommandFailed usage(String message) {
        return new CommandFailed(ExitCodes.USAGE, message);
    }

    /** The call is right, but the state of what it names does not allow it now. */
    public static CommandFailed refused(String message) {
        return new CommandFailed(ExitCodes.REFUSED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
