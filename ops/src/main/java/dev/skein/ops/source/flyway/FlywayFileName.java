package dev.skein.ops.source.flyway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a file as Flyway reads it (its class ResourceNameParser): prefix, version, the first
 * separator, description, suffix.
 *
 * @param stem the name without its suffix
 * @param event present for callbacks
 * @param version present for versioned, baseline and undo migrations, in whatever language
 * @param description with blanks for underscores; empty where the name has none
 */
record FlywayFileName(
        FlywayFileType type,
        String stem,
        Optional<FlywayEvent> event,
        Optional<FlywayVersion> version,
        String description) {
    private static final String SETTINGS = ".conf";
    private static final List<String> JAVA = List.of(".java", ".class", ".kt", ".groovy", ".scala");
    private static final List<String> PROGRAMS =
            List.of(".ps1", ".bat", ".cmd", ".sh", ".bash", ".py");

    private static final Pattern LOOKS_MEANT = Pattern.compile("[VRUB][\\d_].*|[vub]\\d.*|r__.*");

    /** A way to begin a name, and what it then is. */
    private record Prefix(String text, FlywayFileType type, Optional<FlywayEvent> event) {}

    /** Reads a name without the directories before it. */
    static FlywayFileName parse(String name, FlywayNaming naming) {
        for (String suffix : naming.suffixes()) {
            if (endsWith(name, suffix)) {
                return ofStem(without(name, suffix), naming);
            }
        }
        if (endsWith(name, SETTINGS)) {
            FlywayFileName script = parse(without(name, SETTINGS), naming);
            return script.isScript()
                    ? script.as(FlywayFileType.SCRIPT_SETTINGS)
                    : script.as(FlywayFileType.OTHER);
        }
        for (String suffix : JAVA) {
            if (name.endsWith(suffix)) {
                return instead(FlywayFileType.JAVA, without(name, suffix), naming);
            }
        }
        for (String suffix : PROGRAMS) {
            if (endsWith(name, suffix)) {
                return instead(FlywayFileType.PROGRAM, without(name, suffix), naming);
            }
        }
        return of(FlywayFileType.OTHER, name);
    }

    private boolean isScript() {
        return switch (type) {
            case VERSIONED, REPEATABLE, UNDO, BASELINE, CALLBACK, MALFORMED -> true;
            case SCRIPT_SETTINGS, JAVA, PROGRAM, OTHER -> false;
        };
    }

    private static FlywayFileName ofStem(String stem, FlywayNaming naming) {
        for (Prefix prefix : prefixes(naming)) {
            if (stem.startsWith(prefix.text())) {
                return ofPrefix(prefix, stem, naming.separator()).orElseGet(() -> unread(stem));
            }
        }
        return unread(stem);
    }

    /** The longest first, as Flyway tries them. */
    private static List<Prefix> prefixes(FlywayNaming naming) {
        List<Prefix> prefixes = new ArrayList<>();
        prefixes.add(new Prefix(naming.undo(), FlywayFileType.UNDO, Optional.empty()));
        prefixes.add(new Prefix(naming.versioned(), FlywayFileType.VERSIONED, Optional.empty()));
        prefixes.add(new Prefix(naming.repeatable(), FlywayFileType.REPEATABLE, Optional.empty()));
        prefixes.add(new Prefix(naming.baseline(), FlywayFileType.BASELINE, Optional.empty()));
        for (FlywayEvent event : FlywayEvent.values()) {
            prefixes.add(new Prefix(event.id(), FlywayFileType.CALLBACK, Optional.of(event)));
        }
        prefixes.sort(Comparator.comparingInt(prefix -> -prefix.text().length()));
        return prefixes;
    }

    private static Optional<FlywayFileName> ofPrefix(Prefix prefix, String stem, String separator) {
        String rest = stem.substring(prefix.text().length());
        int end = rest.indexOf(separator);
        String version = end < 0 ? rest : rest.substring(0, end);
        String description =
                end < 0 ? "" : rest.substring(end + separator.length()).replace('_', ' ');
        boolean versioned =
                prefix.type() != FlywayFileType.REPEATABLE
                        && prefix.type() != FlywayFileType.CALLBACK;
        Optional<FlywayVersion> parsed =
                versioned ? FlywayVersion.parse(version) : Optional.empty();
        return versioned == parsed.isPresent() && (versioned || version.isEmpty())
                ? Optional.of(
                        new FlywayFileName(
                                prefix.type(), stem, prefix.event(), parsed, description))
                : Optional.empty();
    }

    private static FlywayFileName unread(String stem) {
        return of(
                LOOKS_MEANT.matcher(stem).matches()
                        ? FlywayFileType.MALFORMED
                        : FlywayFileType.OTHER,
                stem);
    }

    /**
     * A type for a file whose stem is that of a migration, and {@code OTHER} for the rest. A class
     * may say its version itself ({@code JavaMigration.getVersion}), whatever its name is.
     */
    private static FlywayFileName instead(FlywayFileType type, String stem, FlywayNaming naming) {
        FlywayFileName name = ofStem(stem, naming);
        boolean none =
                name.type() == FlywayFileType.OTHER
                        || name.type() == FlywayFileType.MALFORMED && type != FlywayFileType.JAVA;
        return name.as(none ? FlywayFileType.OTHER : type);
    }

    private static FlywayFileName of(FlywayFileType type, String stem) {
        return new FlywayFileName(type, stem, Optional.empty(), Optional.empty(), "");
    }

    private FlywayFileName as(FlywayFileType other) {
        return new FlywayFileName(other, stem, event, version, description);
    }

    private static boolean endsWith(String name, String suffix) {
        return name.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
    }

    private static String without(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }
}
