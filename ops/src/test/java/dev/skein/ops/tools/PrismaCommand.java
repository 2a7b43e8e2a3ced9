package dev.skein.ops.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * {@code prisma} in a project whose {@code prisma/schema.prisma} takes the database from
 * DATABASE_URL. Its native engine, which would have to be downloaded, has a stand-in: {@code
 * prisma/schema-engine.mjs} of the test resources.
 */
public final class PrismaCommand {
    private static final String ENGINE = "schema-engine.mjs";

    private final ToolCommand command;

    /**
     * @param project the directory above {@code prisma}
     */
    public PrismaCommand(Path project, String databaseUrl) {
        Path home = Tool.PRISMA.home();
        command =
                new ToolCommand(
                        project,
                        List.of(
                                "node",
                                home.resolve("node_modules/prisma/build/index.js").toString()),
                        Map.of(
                                "DATABASE_URL",
                                databaseUrl,
                                "PRISMA_SCHEMA_ENGINE_BINARY",
                                engine(home).toString(),
                                // Any file will do: what it would be used for is not run here.
                                "PRISMA_QUERY_ENGINE_LIBRARY",
                                home.resolve("package.json").toString(),
                                "PRISMA_HIDE_UPDATE_MESSAGE",
                                "1",
                                "CHECKPOINT_DISABLE",
                                "1",
                                "NO_COLOR",
                                "1"));
    }

    /** Puts the stand-in beside its modules, where it finds them. */
    private static Path engine(Path home) {
        Path target = home.resolve(ENGINE);
        try (InputStream source = PrismaCommand.class.getResourceAsStream("/prisma/" + ENGINE)) {
            Path copy = Files.createTempFile(home, "engine", ".mjs");
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            if (!copy.toFile().setExecutable(true)) {
                throw new IOException(copy + " cannot be made executable");
            }
            // Another run may be about to start the one that is there.
            return Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(target + " cannot be written", failure);
        }
    }

    /** Such as {@code migrate deploy}. */
    public Ran run(String... arguments) {
        return command.run(arguments);
    }
}
