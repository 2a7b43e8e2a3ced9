package dev.skein.ops.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code knex} in a project whose knexfile takes the database from DATABASE_URL; it reads
 * TypeScript too.
 */
public final class KnexCommand {
    private static final String MODULES = "node_modules";

    private final ToolCommand command;

    /**
     * Gives the project the installed modules, if it has none.
     *
     * @param project the directory with the knexfile
     */
    public KnexCommand(Path project, String databaseUrl) {
        Path modules = modules(project);
        command =
                new ToolCommand(
                        project,
                        List.of(
                                "node",
                                "--import",
                                modules.resolve("tsx/dist/loader.mjs").toUri().toString(),
                                modules.resolve("knex/bin/cli.js").toString()),
                        Map.of("DATABASE_URL", databaseUrl, "NO_COLOR", "1"));
    }

    /** Gives a project the installed modules, if it has none; the answer is where those are. */
    public static Path modules(Path project) {
        Path modules = Tool.KNEX.home().resolve(MODULES);
        link(project.resolve(MODULES), modules);
        return modules;
    }

    /** Knex runs only where it finds itself among the project's own modules. */
    private static void link(Path from, Path to) {
        try {
            if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(from, to);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(from + " cannot be linked", failure);
        }
    }

    /** Such as {@code migrate:latest}. */
    public Ran run(String... arguments) {
        return command.run(arguments);
    }
}
