package dev.skein.ops.command;

import dev.skein.ops.lint.LintSettings;
import dev.skein.ops.lint.RuleBook;
import dev.skein.ops.lint.Severity;
import dev.skein.protocol.Labelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a plan is looked at. */
final class LintOptions {
    private static final String NEVER = "never";

    @Option(
            names = "--since",
            paramLabel = "VERSION",
            description =
                    "The last migration that is out everywhere: it and those before it are not"
                            + " looked at, and what they made is in use.")
    private String since;

    @Option(
            names = "--server-version",
            paramLabel = "MAJOR",
            description = "The oldest PostgreSQL of the fleet, 13 to 18.")
    private Integer serverVersion;

    @Option(
            names = "--lint-config",
            paramLabel = "FILE",
            description = "Suppressions and a baseline (default: skein-lint.yaml in DIR, if any).")
    private Path config;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description =
                    "End with 1 where a finding is this bad: error, warning, notice or never"
                            + " (default: ${DEFAULT-VALUE}).")
    private String failOn;

    /**
     * @param source the directory or the file that is looked at
     * @throws CommandFailed if an option is wrong
     */
    LintSettings settings(Path source, RuleBook rules) {
        Path beside = source.resolve(LintSettings.FILE);
        Optional<Path> file =
                Optional.ofNullable(config)
                        .or(() -> Optional.of(beside).filter(Files::isRegularFile));
        LintSettings read =
                file.map(each -> LintSettings.read(each, rules)).orElseGet(LintSettings::none);
        return read.with(Optional.ofNullable(since), version());
    }

    private OptionalInt version() {
        if (serverVersion == null) {
            return OptionalInt.empty();
        }
        if (serverVersion < LintSettings.VERSION_MIN || serverVersion > LintSettings.VERSION_MAX) {
            throw CommandFailed.usage(
                    "--server-version is "
                            + serverVersion
                            + "; it is a major version from "
                            + LintSettings.VERSION_MIN
                            + " to "
                            + LintSettings.VERSION_MAX);
        }
        return OptionalInt.of(serverVersion);
    }

    /**
     * From which severity on the command fails; empty for never.
     *
     * @throws CommandFailed if there is none of that name
     */
    Optional<Severity> failOn() {
        Optional<Severity> bound = Labelled.of(Severity.class, failOn);
        if (bound.isEmpty() && !failOn.equals(NEVER)) {
            throw CommandFailed.usage(
                    "--fail-on '"
                            + failOn
                            + "' is unknown; choose one of "
                            + Labelled.choices(Severity.class)
                            + ", "
                            + NEVER);
        }
        return bound;
    }
}
