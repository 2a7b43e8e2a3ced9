package dev.skein.ops.source.flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A project with migrations in Java, written and compiled by a test. */
public final class JavaProject {
    private static final String FOLDER = "db/migration/";
    private static final String HEAD =
            """
            package db.migration;
            import java.sql.*;
            import org.flywaydb.core.api.MigrationVersion;
            import org.flywaydb.core.api.migration.*;
            """;

    /** What Flyway needs to run, by a class of each library. */
    private static final List<String> LIBRARIES =
            List.of(
                    "org.flywaydb.core.Flyway",
                    "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
                    "org.postgresql.Driver",
                    "com.fasterxml.jackson.annotation.JsonInclude",
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.databind.ObjectMapper",
                    "com.fasterxml.jackson.dataformat.toml.TomlMapper");

    private final Path directory;
    private final List<String> sources = new ArrayList<>();

    public JavaProject(Path directory) {
        this.directory = directory;
        write("flyway.conf", "flyway.locations=classpath:db/migration\n");
    }

    public Path directory() {
        return directory;
    }

    /** The classes, the resources and the libraries, as a class path. */
    public static List<String> classPath() {
        return Stream.concat(
                        Stream.of("target/classes", "src/main/resources"),
                        LIBRARIES.stream().map(JavaProject::library))
                .toList();
    }

    private static String library(String type) {
        try {
            return Path.of(
                            Class.forName(type)
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("the test lacks " + type, e);
        }
    }

    /** A script of the location. */
    public JavaProject script(String name, String text) {
        write("src/main/resources/" + FOLDER + name, text);
        return this;
    }

    /** A source of the package db.migration, with the imports that migrations need. */
    public JavaProject source(String name, String text) {
        String file = "src/main/java/" + FOLDER + name + ".java";
        write(file, HEAD + text);
        sources.add(directory.resolve(file).toString());
        return this;
    }

    /** A migration as most are. */
    public JavaProject migration(String name, String body) {
        return source(
                name,
                """
                public class %s extends BaseJavaMigration {
                    public void migrate(Context context) throws Exception {
                        Connection connection = context.getConnection();
                        %s
                    }
                }
                """
                        .formatted(name, body));
    }

    public JavaProject compile() {
        try {
            Path classes = Files.createDirectories(directory.resolve("target/classes"));
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-cp",
                                    library(LIBRARIES.get(0)),
                                    "-d",
                                    classes.toString()));
            arguments.addAll(sources);
            int failed =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new));
            if (failed != 0) {
                throw new IllegalStateException("the test's migrations do not compile");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
