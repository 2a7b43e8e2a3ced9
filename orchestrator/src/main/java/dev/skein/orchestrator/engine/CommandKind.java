package dev.skein.orchestrator.engine;

import dev.skein.orchestrator.rollout.Command;

/** Names commands, for metrics and messages. */
final class CommandKind implements Command.Visitor<String> {
    private static final CommandKind NAMES = new CommandKind();

    private CommandKind() {}

    static String of(Command command) {
        return command.accept(NAMES);
    }

    @Override
    public String on(Command.Open command) {
        return "open";
    }

    @Override
    public String on(Command.Approve command) {
        return "approve";
    }

    @Override
    public String on(Command.Pause command) {
        return "pause";
    }

    @Override
    public String on(Command.Resume command) {
        return "resume";
    }

    @Override
    public String on(Command.Promote command) {
        return "promote";
    }

    @Override
    public String on(Command.Retry command) {
        return "retry";
    }

    @Override
    public String on(Command.Repairing command) {
        return "repair";
    }

    @Override
    public String on(Command.Skip command) {
        return "skip";
    }

    @Override
    public String on(Command.Abort command) {
        return "abort";
    }

    @Override
    public String on(Command.Rollback command) {
        return "rollback";
    }

    @Override
    public String on(Command.Advance command) {
        return "advance";
    }
}
