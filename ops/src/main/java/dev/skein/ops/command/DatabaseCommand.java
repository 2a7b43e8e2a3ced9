package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.render.DatabaseText;
import dev.skein.protocol.id.DatabaseId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein database ID}: one database, and what happened to it. */
@Command(
        name = "database",
        description = "One database: where it is, what it waits for, what happened to it.",
        footer = "  skein database pg-1/acme --history",
        mixinStandardHelpOptions = true,
        subcommands = DatabaseRepairCommand.class)
final class DatabaseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private OutputOption output;

    /** Required, except with a subcommand, which has its own. */
    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "SERVER/DATABASE or SERVER/DATABASE/SCHEMA")
    private String id;

    @Option(names = "--history", description = "Everything that the log says of it.")
    private boolean history;

    @Override
    public Integer call() {
        if (id == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'ID'");
        }
        SkeinClient client = server.client();
        String path = "/databases/" + Paths.of(parsed(id));
        ObjectNode database = (ObjectNode) client.get(path);
        if (history) {
            database.set("history", Pages.all(client, path + "/history", "").path("items"));
        }
        output.printFitted(spec.commandLine().getOut(), database, DatabaseText::database);
        return ExitCodes.DONE;
    }

    static DatabaseId parsed(String id) {
        try {
            return DatabaseId.parse(id);
        } catch (IllegalArgumentException malformed) {
            throw CommandFailed.usage(malformed.getMessage());
        }
    }
}
