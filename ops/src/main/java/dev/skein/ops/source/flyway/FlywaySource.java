package dev.skein.ops.source.flyway;

import dev.skein.ops.source.DirectoryTree;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.SourceTree;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Flyway: the directory is a location itself, or a project whose configuration names locations.
 * Which files are migrations, in which order, with which checksum and in which transaction they
 * run, is Flyway's own reading of them.
 */
public final class FlywaySource implements PlanSource {
    private static final Pattern NUMBERED = Pattern.compile("\\d[\\d._]*__.*\\.sql");

    private final Function<Path, SourceTree> trees;
    private final Predicate<Path> exists;
    private final Function<String, Optional<String>> environment;
    private final Consumer<String> notes;

    /**
     * Of the file system.
     *
     * @param notes takes what a person may miss in the plan, a line each
     */
    public FlywaySource(Consumer<String> notes) {
        this(DirectoryTree::new, Files::isDirectory, System.getenv(), notes);
    }

    /**
     * Of something that looks like one.
     *
     * @param trees opens a directory, also one that is not there
     * @param exists whether a directory is there
     * @param environment variables that configuration files may name
     * @param notes takes what a person may miss in the plan, a line each
     */
    public FlywaySource(
            Function<Path, SourceTree> trees,
            Predicate<Path> exists,
            Map<String, String> environment,
            Consumer<String> notes) {
        this.trees = trees;
        this.exists = exists;
        this.environment = name -> Optional.ofNullable(environment.get(name));
        this.notes = notes;
    }

    @Override
    public Set<SourceOption> options() {
        return EnumSet.of(
                SourceOption.CONFIG,
                SourceOption.LOCATION,
                SourceOption.PLACEHOLDER,
                SourceOption.PLACEHOLDER_LABEL,
                SourceOption.OUT_OF_ORDER,
                SourceOption.LEAVE_OUT,
                SourceOption.DELEGATE,
                SourceOption.RUNNER);
    }

    @Override
    public Plan read(Path directory, SourceSettings given) {
        PlanProblems problems = new PlanProblems();
        Optional<Plan> plan = Optional.empty();
        try {
            plan = plan(directory, given, problems);
        } catch (IOException | UncheckedIOException e) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_DIRECTORY,
                    "the directory cannot be read: " + IoReason.of(e),
                    "Check its name and its permissions");
        }
        if (!problems.isEmpty()) {
            throw new PlanRefused(Framework.FLYWAY, directory, problems.inOrder());
        }
        return plan.orElseThrow();
    }

    private Optional<Plan> plan(Path directory, SourceSettings given, PlanProblems problems)
            throws IOException {
        Optional<FlywayConfig> config =
                new FlywayConfigFiles(trees, environment, problems).read(directory, given.config());
        String shown = given.config().map(Path::toString).orElse("configuration");
        FlywaySettings settings = settings(config.orElse(FlywayConfig.none()), shown, problems);
        FlywayLocations locations = new FlywayLocations(directory, trees, exists, problems);
        config.ifPresentOrElse(
                found -> locations.addConfigured(found, shown), () -> locations.add(directory));
        given.locations().forEach(locations::add);
        config.ifPresent(found -> FlywayRemarks.make(found, shown, notes));
        FlywayPrograms programs =
                new FlywayPrograms(
                        new ProjectClasses(directory, trees, exists),
                        given.recording().delegation(),
                        problems,
                        notes);
        FlywayFiles files = new FlywayFiles(settings, programs, problems, notes);
        FlywayLeftOut leftOut = new FlywayLeftOut(given.leftOut(), settings.naming());
        for (FlywayLocation location : locations.found()) {
            for (FlywayFile file : found(location, settings, problems)) {
                if (location.takes(file) && !leftOut.contains(file)) {
                    files.add(file);
                }
            }
        }
        programs.refuseUnknown(directory);
        FlywayDelegates delegates =
                new FlywayDelegates(
                        given.recording().delegation().runnerOf(directory), files, problems);
        Optional<Plan> plan =
                new FlywayPlan(settings, given, delegates, problems).plan(leftOut.keys(problems));
        if (plan.isEmpty() && problems.isEmpty()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.EMPTY,
                    "no file here is a migration",
                    "Name them " + settings.naming().examples() + bare(locations, settings));
        }
        return plan;
    }

    /** Projects without a prefix say so in a configuration that may lie elsewhere. */
    private String bare(FlywayLocations locations, FlywaySettings settings) throws IOException {
        PlanProblems unsaid = new PlanProblems();
        long numbered = 0;
        for (FlywayLocation location : locations.found()) {
            numbered +=
                    found(location, settings, unsaid).stream()
                            .filter(file -> NUMBERED.matcher(file.fileName()).matches())
                            .count();
        }
        return numbered == 0
                ? ""
                : (", or, since the names of %d files begin with a version, set"
                                + " flyway.sqlMigrationPrefix to nothing in a flyway.conf")
                        .formatted(numbered);
    }

    private static List<FlywayFile> found(
            FlywayLocation location, FlywaySettings settings, PlanProblems problems)
            throws IOException {
        try {
            return location.files(settings.naming());
        } catch (IOException | UncheckedIOException e) {
            if (location.shown().isEmpty()) {
                throw e;
            }
            problems.add(
                    location.shown(),
                    PlanProblemCode.NO_DIRECTORY,
                    "the location cannot be read: " + IoReason.of(e),
                    "Check its name and its permissions");
            return List.of();
        }
    }

    private static FlywaySettings settings(
            FlywayConfig config, String shown, PlanProblems problems) {
        FlywayUncarried.refuse(config, shown, problems);
        try {
            return FlywaySettings.of(config);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            problems.add(
                    shown,
                    PlanProblemCode.CONFIGURATION,
                    "the encoding " + config.get("encoding").orElse("") + " is unknown",
                    "Name one that Java knows, such as UTF-8 or ISO-8859-1");
            return FlywaySettings.of(FlywayConfig.none());
        }
    }
}
