package dev.skein.ops.lint;

import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a plan is to be looked at.
 *
 * @param since the key of the last migration that is out everywhere: it and those before it are not
 *     looked at, and what they made is there for applications to work with
 * @param serverVersion the oldest major version of the fleet's servers
 */
public record LintSettings(
        Optional<String> since, OptionalInt serverVersion, List<Suppression> suppressions) {
    /** The oldest version of PostgreSQL that Skein works with, and the newest it knows. */
    public static final int VERSION_MIN = 13;

    /** See {@link #VERSION_MIN}. */
    public static final int VERSION_MAX = 18;

    /** The name of the file beside the migrations. */
    public static final String FILE = "skein-lint.yaml";

    public LintSettings {
        suppressions = List.copyOf(suppressions);
    }

    /** Everything is looked at, and nothing is suppressed. */
    public static LintSettings none() {
        return new LintSettings(Optional.empty(), OptionalInt.empty(), List.of());
    }

    /**
     * Reads {@value #FILE}.
     *
     * @throws dev.skein.protocol.settings.SettingsInvalid with every problem that it has
     */
    public static LintSettings read(Path file, RuleBook rules) {
        return SettingsFile.read(file, Map.of(), settings -> of(file, rules, settings));
    }

    private static LintSettings of(Path file, RuleBook rules, Settings settings) {
        return new LintSettings(
                settings.optionalText("since"),
                settings.optionalNumber("server-version", VERSION_MIN, VERSION_MAX),
                settings.sections("ignore", each -> suppression(file, rules, each)));
    }

    private static Suppression suppression(Path file, RuleBook rules, Settings settings) {
        String rule = settings.text("rule");
        if (!settings.isBroken("rule") && rules.named(rule).isEmpty()) {
            settings.problem("rule", RuleBook.unknown(rule));
        }
        return new Suppression(
                rule,
                settings.optionalText("migration"),
                file.getFileName().toString(),
                settings.text("because"));
    }

    /** The same with what a command line says instead. */
    public LintSettings with(Optional<String> lastOut, OptionalInt version) {
        return new LintSettings(
                lastOut.or(() -> since),
                version.isPresent() ? version : serverVersion,
                suppressions);
    }
}
