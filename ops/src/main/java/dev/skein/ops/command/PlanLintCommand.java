package dev.skein.ops.command;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.lint.LintAnnotations;
import dev.skein.ops.lint.LintJson;
import dev.skein.ops.lint.LintRefused;
import dev.skein.ops.lint.LintReport;
import dev.skein.ops.lint.LintSarif;
import dev.skein.ops.lint.LintSettings;
import dev.skein.ops.lint.Linter;
import dev.skein.ops.lint.RuleBook;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.rule.AllRules;
import dev.skein.ops.render.LintText;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.text.ControlCharacters;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan lint}: what migrations will do to those who work in a database meanwhile. */
@Command(
        name = "lint",
        description =
                "Say what migrations will do to those who work in a database meanwhile: locks,"
                        + " rewrites, lost data, applications that break.",
        footer = "  skein plan lint db/migration --format flyway --since 41",
        mixinStandardHelpOptions = true)
final class PlanLintCommand implements Callable<Integer> {
    /** How the report is written. */
    enum Form {
        text,
        json,
        sarif,
        github,
        gitlab
    }

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|PLAN",
            description = "A directory of migrations, with --format; or a file of 'plan build'")
    private Path path;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Choices.Formats.class,
            description = "The framework of DIR: ${COMPLETION-CANDIDATES}.")
    private String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Form form;

    @Option(names = "--rules", description = "List the rules, and look at nothing.")
    private boolean rulesOnly;

    @Mixin private LintOptions lint;
    @Mixin private SourceOptions source;
    @Mixin private WidthOption width;

    @Override
    public Integer call() {
        RuleBook rules = AllRules.book();
        PrintWriter out = spec.commandLine().getOut();
        if (rulesOnly) {
            rules.rules()
                    .forEach(
                            each ->
                                    out.println(
                                            "%-32s %-8s %s"
                                                    .formatted(
                                                            each.note().id(),
                                                            each.note().severity().label(),
                                                            each.note().title())));
            return ExitCodes.DONE;
        }
        Optional<Severity> bound = lint.failOn();
        LintReport report = report(rules);
        out.println(ControlCharacters.escapedInJson(written(report, rules)));
        out.flush();
        boolean fails =
                bound.isPresent()
                        && report.worst().filter(each -> each.reaches(bound.get())).isPresent();
        return fails ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private LintReport report(RuleBook rules) {
        if (path == null) {
            throw CommandFailed.usage("name a directory of migrations, or a plan file");
        }
        LintSettings settings = lint.settings(path, rules);
        try {
            return Linter.lint(plan(), rules, settings);
        } catch (LintRefused refused) {
            throw CommandFailed.usage(refused.getMessage());
        }
    }

    private Plan plan() {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw CommandFailed.usage("there is no directory and no plan file '" + path + "'");
            }
            return PlanFile.read(path).plan();
        }
        Framework framework =
                Optional.ofNullable(format)
                        .flatMap(label -> Labelled.of(Framework.class, label))
                        .orElseThrow(
                                () ->
                                        CommandFailed.usage(
                                                path
                                                        + " is a directory: say with --format which"
                                                        + " framework's: "
                                                        + Labelled.choices(Framework.class)));
        return PlanSources.of(framework).read(path, source.settings(framework));
    }

    private String written(LintReport report, RuleBook rules) {
        String directory = Files.isDirectory(path) ? path + "/" : "";
        return switch (form) {
            case text -> LintText.of(LintJson.of(report), width.columns()).stripTrailing();
            case json -> LintJson.of(report).toPrettyString();
            case sarif -> LintSarif.of(report, rules, directory).toPrettyString();
            case github -> LintAnnotations.github(report, directory);
            case gitlab -> LintAnnotations.gitlab(report, directory).toPrettyString();
        };
    }
}
