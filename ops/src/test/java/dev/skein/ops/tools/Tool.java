package dev.skein.ops.tools;

import java.nio.file.Files;
import java.nio.file.Path;

/** A framework's own command, of the version that {@code .ci/install-tools} pins. */
public enum Tool {
    /** A Python with Alembic, SQLAlchemy and the drivers psycopg2 and psycopg. */
    ALEMBIC("alembic"),
    /** Knex with pg, tsx and TypeScript. */
    KNEX("knex"),
    /** Prisma with its engine as WebAssembly. */
    PRISMA("prisma");

    private static final String DIRECTORY = ".tools";
    private static final String ROOT_MARK = "mvnw";

    private final String directory;

    Tool(String directory) {
        this.directory = directory;
    }

    /** Where the tool is, or would be. */
    public Path home() {
        return root().resolve(DIRECTORY).resolve(directory);
    }

    /** Whether the tool was installed completely. */
    public boolean isThere() {
        return Files.exists(home().resolve("installed"));
    }

    /** The project's root, which is above the directory that a module's tests run in. */
    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(ROOT_MARK))) {
                return at;
            }
        }
        throw new IllegalStateException("no " + ROOT_MARK + " in " + start + " or above it");
    }
}
