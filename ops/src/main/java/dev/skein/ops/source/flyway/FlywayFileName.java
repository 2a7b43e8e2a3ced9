package dev.skein.ops.source.flyway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a file as Flyway reads it with default settings (its class ResourceNameParser):
 * prefix, version, the first {@code __}, description, suffix.
 *
 * @param version present for versioned migrations and undo migrations
 * @param description with blanks for underscores; empty where the name has none
 */
record FlywayFileName(FlywayFileType type, Optional<FlywayVersion> version, String description) {
    private static final String SEPARATOR = "__";
    private static final String SQL = ".sql";
    private static final String SETTINGS = ".conf";
    private static final List<String> JAVA = List.of(".java", ".class");
    private static final List<String> PROGRAMS =
            List.of(".ps1", ".bat", ".cmd", ".sh", ".bash", ".py");

    private static final Pattern CALLBACK =
            Pattern.compile(
                    "((before|after)(Each)?(Clean|Migrate|Undo|Validate|Baseline|Repair|Info"
                            + "|Connect|CreateSchema|Repeatables|Versioned)(Statement)?"
                            + "(Error|Applied|OperationFinish)?|createSchema)(__.*)?");
    private static final Pattern LOOKS_MEANT = Pattern.compile("[VRUB][\\d_].*|[vub]\\d.*|r__.*");

    /** Reads a name without the directories before it. */
    static FlywayFileName parse(String name) {
        if (endsWith(name, SQL)) {
            return ofStem(without(name, SQL));
        }
        if (endsWith(name, SETTINGS)) {
            String script = without(name, SETTINGS);
            return endsWith(script, SQL)
                    ? instead(FlywayFileType.SCRIPT_SETTINGS, without(script, SQL))
                    : of(FlywayFileType.OTHER);
        }
        for (String suffix : JAVA) {
            if (name.endsWith(suffix)) {
                return instead(FlywayFileType.JAVA, without(name, suffix));
            }
        }
        for (String suffix : PROGRAMS) {
            if (endsWith(name, suffix)) {
                return instead(FlywayFileType.PROGRAM, without(name, suffix));
            }
        }
        return of(FlywayFileType.OTHER);
    }

    private static FlywayFileName ofStem(String stem) {
        if (CALLBACK.matcher(stem).matches()) {
            return of(FlywayFileType.CALLBACK);
        }
        Optional<FlywayFileName> found =
                switch (stem.isEmpty() ? ' ' : stem.charAt(0)) {
                    case 'V' -> versioned(FlywayFileType.VERSIONED, stem);
                    case 'U' -> versioned(FlywayFileType.UNDO, stem);
                    case 'B' -> versioned(FlywayFileType.BASELINE, stem);
                    case 'R' -> repeatable(stem);
                    default -> Optional.empty();
                };
        return found.orElseGet(() -> unread(stem));
    }

    private static Optional<FlywayFileName> versioned(FlywayFileType type, String stem) {
        return FlywayVersion.parse(beforeSeparator(stem))
                .map(version -> new FlywayFileName(type, Optional.of(version), description(stem)));
    }

    private static Optional<FlywayFileName> repeatable(String stem) {
        return beforeSeparator(stem).isEmpty()
                ? Optional.of(
                        new FlywayFileName(
                                FlywayFileType.REPEATABLE, Optional.empty(), description(stem)))
                : Optional.empty();
    }

    private static FlywayFileName unread(String stem) {
        return of(
                LOOKS_MEANT.matcher(stem).matches()
                        ? FlywayFileType.MALFORMED
                        : FlywayFileType.OTHER);
    }

    /** A type for a file whose stem is that of a migration, and {@code OTHER} for the rest. */
    private static FlywayFileName instead(FlywayFileType type, String stem) {
        return of(ofStem(stem).type() == FlywayFileType.OTHER ? FlywayFileType.OTHER : type);
    }

    private static FlywayFileName of(FlywayFileType type) {
        return new FlywayFileName(type, Optional.empty(), "");
    }

    private static String beforeSeparator(String stem) {
        int separator = stem.indexOf(SEPARATOR, 1);
        return stem.substring(1, separator < 0 ? stem.length() : separator);
    }

    private static String description(String stem) {
        int separator = stem.indexOf(SEPARATOR, 1);
        return separator < 0
                ? ""
                : stem.substring(separator + SEPARATOR.length()).replace('_', ' ');
    }

    private static boolean endsWith(String name, String suffix) {
        return name.toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    private static String without(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }
}
