package dev.skein.ops.command;

import dev.skein.ops.render.LogText;
import dev.skein.ops.run.Lifecycle;
import dev.skein.orchestrator.runtime.FoldInspection;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.RecordSkipped;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein log skip}: a named person's decision to pass over one record. */
@Command(
        name = "skip",
        description =
                "Pass over the record at which every reader stops. The decision is written to the"
                        + " log, with who made it and why, and every reader honours it.",
        footer = "  skein log skip --config orchestrator.yaml --at rollouts/0/17 --why torn",
        mixinStandardHelpOptions = true)
final class LogSkipCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private LogOptions log;
    @Mixin private OutputOption output;

    @Option(
            names = "--at",
            paramLabel = "POSITION",
            required = true,
            description = "TOPIC/PARTITION/OFFSET, as 'log inspect' names it.")
    private String at;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            required = true,
            description = "The reason, for whoever reads the log later.")
    private String why;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who decides; default: the account that runs the command.")
    private String by;

    @Override
    public Integer call() {
        Position position = LogOptions.position(at);
        if (why.isBlank()) {
            throw CommandFailed.usage("--why is blank: the decision needs a reason");
        }
        return ProcessRunner.run(lifecycle -> skip(lifecycle, position));
    }

    private int skip(Lifecycle lifecycle, Position position) {
        KafkaEventLog opened = log.open(lifecycle);
        requireStop(inspected(opened), position);
        RecordSkipped decision =
                new RecordSkipped(
                        position.topicPartition().topic().label(),
                        position.topicPartition().partition(),
                        position.offset(),
                        by == null ? Caller.name() : by,
                        why,
                        Instant.now());
        Entry entry =
                new Entry(Topic.SKIPS, Envelope.uncounted("person:" + decision.by(), decision));
        Lifecycle.await(
                "writing the decision about " + position.path(),
                opened.writer().append(List.of(entry)));
        FoldInspection after = inspected(opened);
        output.print(
                spec.commandLine().getOut(),
                LogInspectCommand.json(after).put("decision", decision.summary()),
                json -> LogText.skipped(json, log.asGiven()));
        return ExitCodes.DONE;
    }

    private static FoldInspection inspected(KafkaEventLog opened) {
        return Lifecycle.await("folding the log", FoldInspection.of(opened));
    }

    /** A decision about any other record would have no effect, and mislead whoever reads it. */
    private static void requireStop(FoldInspection found, Position position) {
        if (found.stop().isEmpty()) {
            throw CommandFailed.refused(
                    "no reader stops at " + position.path() + ", or anywhere; nothing was written");
        }
        Position stop = found.stop().get().position();
        if (!stop.equals(position)) {
            throw CommandFailed.refused(
                    "readers do not stop at %s but at %s: %s; nothing was written"
                            .formatted(position.path(), stop.path(), found.stop().get().problem()));
        }
    }
}
