package dev.skein.ops.source.prisma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the directory of migrations in a project:
 *
 * <ol>
 *   <li>the directory itself, if a migration lies in it;
 *   <li>what {@code migrations.path} of the project's {@code prisma.config} says, where that is a
 *       plain literal;
 *   <li>the places beside a schema: those that {@code prisma.config} or {@code package.json} name,
 *       and Prisma's usual ones.
 * </ol>
 */
final class PrismaLocation {
    private static final List<String> USUAL =
            List.of(
                    "migrations",
                    "prisma/migrations",
                    "schema/migrations",
                    "prisma/schema/migrations");

    private static final Pattern CONFIG = Pattern.compile("prisma\\.config\\.[cm]?[jt]s");
    private static final Pattern CONFIG_BELOW = Pattern.compile("prisma\\.[cm]?[jt]s");
    private static final String PACKAGE = "package.json";

    private final Path directory;
    private final PlanProblems problems;

    PrismaLocation(Path directory, PlanProblems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** The directory of migrations; empty, and a problem, if it cannot be told. */
    Optional<Path> migrations() {
        try {
            return !Files.isDirectory(directory) || isMigrations(directory)
                    ? Optional.of(directory)
                    : search();
        } catch (IOException | UncheckedIOException e) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_DIRECTORY,
                    "the directory cannot be searched: " + IoReason.of(e),
                    "Check its permissions, or give the directory of the migrations itself");
            return Optional.empty();
        }
    }

    private Optional<Path> search() throws IOException {
        Optional<PrismaConfig> config = configuration();
        Optional<Path> configured = config.flatMap(PrismaConfig::migrations);
        if (configured.isPresent()) {
            return configured;
        }
        config.filter(PrismaConfig::computesMigrations).ifPresent(this::refuseComputed);
        Set<Path> candidates = new LinkedHashSet<>();
        config.flatMap(PrismaConfig::schema).ifPresent(at -> beside(at, candidates));
        schemaOfPackage().ifPresent(at -> beside(directory.resolve(at).normalize(), candidates));
        USUAL.forEach(usual -> candidates.add(directory.resolve(usual)));
        return problems.isEmpty() ? theOnly(candidates) : Optional.empty();
    }

    /** What {@code package.json} says under {@code prisma.schema}. */
    private Optional<String> schemaOfPackage() throws IOException {
        Path file = directory.resolve(PACKAGE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
            String schema = json.path("prisma").path("schema").asText("");
            return schema.isEmpty() ? Optional.empty() : Optional.of(schema);
        } catch (JsonProcessingException malformed) {
            problems.add(
                    PACKAGE + ":" + malformed.getLocation().getLineNr(),
                    PlanProblemCode.CONFIGURATION,
                    "the file is not JSON: " + malformed.getOriginalMessage(),
                    "Mend it, or give the directory of the migrations itself");
            return Optional.empty();
        }
    }

    /** Migrations lie in the directory of a schema in one file, or beside it. */
    private static void beside(Path schema, Set<Path> candidates) {
        candidates.add(schema.resolve("migrations"));
        candidates.add(schema.resolveSibling("migrations"));
    }

    private Optional<Path> theOnly(Set<Path> candidates) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate) && isMigrations(candidate)) {
                found.add(candidate);
            }
        }
        if (found.isEmpty()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.EMPTY,
                    "no directory with a migration.sql was found here, nor in "
                            + listed(candidates),
                    "Give the directory of the migrations itself");
        } else if (found.size() > 1) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.SEVERAL_DIRECTORIES,
                    "there is more than one directory of migrations: " + listed(found),
                    "Give the one that is meant");
        }
        return problems.isEmpty() ? found.stream().findFirst() : Optional.empty();
    }

    private String listed(Set<Path> paths) {
        return paths.stream()
                .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                .collect(Collectors.joining(", "));
    }

    private void refuseComputed(PrismaConfig config) {
        problems.add(
                config.name(),
                PlanProblemCode.CONFIGURATION,
                "migrations.path is computed, so where the migrations are cannot be read from it",
                "Give the directory of the migrations itself, or write the path as a literal");
    }

    private Optional<PrismaConfig> configuration() throws IOException {
        Optional<Path> config = first(directory, CONFIG);
        if (config.isEmpty()) {
            config = first(directory.resolve(".config"), CONFIG_BELOW);
        }
        if (config.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(config.get()), StandardCharsets.UTF_8);
        String name = directory.relativize(config.get()).toString().replace('\\', '/');
        return Optional.of(new PrismaConfig(config.get().getParent(), name, text));
    }

    private static Optional<Path> first(Path place, Pattern name) throws IOException {
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> name.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst();
        }
    }

    private static boolean isMigrations(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.anyMatch(entry -> Files.exists(entry.resolve(PrismaFormat.SCRIPT)));
        }
    }
}
