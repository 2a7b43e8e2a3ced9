package dev.skein.ops.tools;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code alembic} in a project whose {@code env.py} takes the database from DATABASE_URL. */
public final class AlembicCommand {
    private final ToolCommand command;

    /**
     * @param project the directory with {@code alembic.ini}
     */
    public AlembicCommand(Path project, String databaseUrl) {
        this(project, Map.of("DATABASE_URL", databaseUrl));
    }

    /**
     * @param environment what its {@code env.py} and its revisions read
     */
    public AlembicCommand(Path project, Map<String, String> environment) {
        String program = Tool.ALEMBIC.home().resolve("bin/alembic").toString();
        command = new ToolCommand(project, List.of(program), environment);
    }

    /** The Python that has Alembic. */
    public static Path python() {
        return Tool.ALEMBIC.home().resolve("bin/python");
    }

    /** Such as {@code upgrade head}. */
    public Ran run(String... arguments) {
        return command.run(arguments);
    }
}
