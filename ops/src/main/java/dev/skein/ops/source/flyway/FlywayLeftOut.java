package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.plan.MigrationKey;
import dev.skein.protocol.plan.MigrationKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person wants left out: versions such as {@code V12} or {@code 12}, or files by name or by
 * path. A version that no file has is taken too: the program of a Java migration may lie anywhere.
 */
final class FlywayLeftOut {
    private final Set<String> names;
    private final FlywayNaming naming;
    private final Set<String> used = new HashSet<>();
    private final Set<String> keys = new TreeSet<>();

    FlywayLeftOut(Set<String> names, FlywayNaming naming) {
        this.names = names;
        this.naming = naming;
    }

    /** Whether the file is one of them. */
    boolean contains(FlywayFile file) {
        boolean found = false;
        for (String name : names) {
            if (names(name, file)) {
                used.add(name);
                keys.add(key(file));
                found = true;
            }
        }
        return found;
    }

    private boolean names(String name, FlywayFile file) {
        return name.equals(file.script())
                || name.equals(file.fileName())
                || name.equals(file.name().stem())
                || file.name().type() != FlywayFileType.UNDO
                        && version(name)
                                .filter(
                                        wanted ->
                                                file.name()
                                                        .version()
                                                        .filter(own -> own.compareTo(wanted) == 0)
                                                        .isPresent())
                                .isPresent();
    }

    private Optional<FlywayVersion> version(String name) {
        return FlywayVersion.parse(
                name.startsWith(naming.versioned())
                        ? name.substring(naming.versioned().length())
                        : name);
    }

    private static String key(FlywayFile file) {
        FlywayFileName name = file.name();
        boolean repeatable = name.event().isEmpty() && !name.description().isEmpty();
        return name.version()
                .map(FlywayVersion::text)
                .orElse(
                        repeatable
                                ? MigrationKey.of(MigrationKind.REPEATABLE, "", name.description())
                                : file.script());
    }

    /** The keys of what was left out, sorted; absent where nothing was. */
    Optional<List<String>> keys(PlanProblems problems) {
        for (String name : names) {
            if (!used.contains(name)) {
                version(name)
                        .ifPresentOrElse(
                                version -> keys.add(version.text()), () -> refuse(name, problems));
            }
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(keys));
    }

    private static void refuse(String name, PlanProblems problems) {
        problems.add(
                "--leave-out " + name,
                PlanProblemCode.LEFT_OUT,
                "no file has this name, and it is no version",
                "Write V12, or the name of a file");
    }
}
