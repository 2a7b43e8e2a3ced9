package dev.skein.ops.command;

import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.ServerUnreachable;
import dev.skein.ops.rehearse.CheckQuery;
import dev.skein.ops.rehearse.RehearsalFailure;
import dev.skein.ops.rehearse.RehearsalHost;
import dev.skein.ops.rehearse.RehearsalReport;
import dev.skein.ops.rehearse.Rehearser;
import dev.skein.ops.rehearse.SampleValues;
import dev.skein.ops.rehearse.ScratchRunners;
import dev.skein.ops.rehearse.UnrehearsedSteps;
import dev.skein.ops.render.RehearsalText;
import dev.skein.ops.run.Logging;
import dev.skein.ops.scratch.ScratchFailure;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.settings.Durations;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.text.ControlCharacters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skein plan rehearse PLAN}: tries a plan out and records with it what it did. */
@Command(
        name = "rehearse",
        description =
                "Try a plan out on a scratch database: up, down and up again. What was found is"
                        + " recorded with the plan.",
        footer = "  skein plan rehearse billing.json",
        mixinStandardHelpOptions = true)
final class PlanRehearseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private ScratchOptions scratch;
    @Mixin private ScratchLabelsOption labels;
    @Mixin private RunnersOption runners;
    @Mixin private WrittenOption written;
    @Mixin private WidthOption width;

    @Parameters(paramLabel = "PLAN", description = "A file of 'plan build'")
    private Path file;

    @Option(
            names = "--template",
            paramLabel = "DATABASE",
            description =
                    "A database on the server of --scratch, on whose copies the plan is tried;"
                            + " nobody may be connected to it. Default: an empty database.")
    private String template;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description =
                    "Check queries, asked before and after: a YAML file with a list 'checks'.")
    private Path checks;

    @Option(
            names = "--lock-limit",
            paramLabel = "DURATION",
            defaultValue = "100ms",
            description =
                    "Steps that keep others from writing for longer are marked (default:"
                            + " ${DEFAULT-VALUE}).")
    private String lockLimit;

    @Option(
            names = "--accept-failed-downs",
            description =
                    "Record the rehearsal though downs failed, as old ones often do; they are named"
                            + " all the same.")
    private boolean downsMayFail;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "Where the rehearsed plan is written (default: PLAN).")
    private Path outputFile;

    @Override
    public Integer call() {
        Path target = written.path("--output-file", outputFile).orElse(file);
        boolean text = !written.json();
        PlanFile before = PlanFile.read(file);
        ScratchRunners programs = runners.value();
        UnrehearsedSteps.reason(before.plan(), programs)
                .ifPresent(
                        reason -> {
                            throw CommandFailed.usage(
                                    "plan " + file + " cannot be rehearsed: " + reason);
                        });
        Duration limit = limit();
        List<CheckQuery> queries =
                checks == null
                        ? List.of()
                        : SettingsFile.read(checks, System.getenv(), CheckQuery::read);
        if (template != null && scratch.address().isEmpty()) {
            throw CommandFailed.usage(
                    "--template '"
                            + template
                            + "' is a database of the server of --scratch; name that too");
        }
        RehearsalReport report = rehearse(before.plan(), queries, programs);
        PrintWriter out = spec.commandLine().getOut();
        written.print(
                out,
                Json.mapper().valueToTree(report),
                RehearsalText.of(report, limit, width.columns()));
        if (report.hasWrongAnswer() || report.hasFailedDown() && !downsMayFail) {
            out.flush();
            throw CommandFailed.operation(
                    "the rehearsal failed and is not recorded; plan file "
                            + file
                            + " is as it was"
                            + (report.hasWrongAnswer()
                                    ? ""
                                    : "; --accept-failed-downs records it nevertheless"));
        }
        if (report.rehearsal().steps().isEmpty()) {
            out.flush();
            throw CommandFailed.operation(
                    "the rehearsal ran no step, so it says nothing and is not recorded; plan file "
                            + file
                            + " is as it was. Rehearse on a database that lacks some of the plan's"
                            + " migrations");
        }
        PlanFile after = PlanFile.of(before.name(), before.plan().rehearsed(report.rehearsal()));
        after.write(target);
        if (text) {
            String shown = ControlCharacters.shown(target.toString());
            out.println(
                    "\nrecorded in " + shown + "\nplan " + before.id() + " is now " + after.id());
        }
        out.flush();
        warnOfOtherVersion(report.rehearsal());
        return ExitCodes.DONE;
    }

    /** Only where a server is named: a rehearsal needs none. */
    private void warnOfOtherVersion(Rehearsal rehearsal) {
        boolean named =
                System.getenv("SKEIN_SERVER") != null
                        || spec.commandLine().getParseResult().hasMatchedOption("--server");
        if (!named) {
            return;
        }
        try {
            RehearsalText.otherVersion(rehearsal, Pages.all(server.client(), "/agents", ""))
                    .ifPresent(this::warn);
        } catch (ServerUnreachable | ServerRefused silent) {
            warn("which versions the fleet's servers have is not known: " + silent.getMessage());
        }
    }

    private void warn(String what) {
        spec.commandLine().getErr().println("warning: " + what);
        spec.commandLine().getErr().flush();
    }

    private RehearsalReport rehearse(Plan plan, List<CheckQuery> queries, ScratchRunners programs) {
        RehearsalHost host =
                new RehearsalHost(new SampleValues(labels.values(), Instant.now()), programs);
        Logging.onlyErrors();
        try (ScratchServer server = ScratchServer.open(scratch.address())) {
            return new Rehearser(server, Optional.ofNullable(template), host)
                    .rehearse(plan, queries);
        } catch (RehearsalFailure | ScratchFailure failed) {
            throw CommandFailed.operation("the rehearsal ended early: " + failed.getMessage());
        }
    }

    private Duration limit() {
        try {
            return Durations.parse(lockLimit);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.usage("--lock-limit '" + lockLimit + "' " + wrong.getMessage());
        }
    }
}
