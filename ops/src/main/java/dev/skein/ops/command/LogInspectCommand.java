package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.render.LogText;
import dev.skein.ops.run.Lifecycle;
import dev.skein.orchestrator.runtime.FoldInspection;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.RawRecord;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code skein log inspect}: where the fold stops, what it passes over, and one record as it is.
 */
@Command(
        name = "inspect",
        description =
                "Fold the whole log: where every reader stops, what is passed over, what is set"
                        + " aside. With --at, show one record as it lies there.",
        footer = "  skein log inspect --config orchestrator.yaml --at rollouts/0/17",
        mixinStandardHelpOptions = true)
final class LogInspectCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private LogOptions log;
    @Mixin private OutputOption output;

    @Option(
            names = "--at",
            paramLabel = "POSITION",
            description = "TOPIC/PARTITION/OFFSET, as rollouts/0/17.")
    private String at;

    @Override
    public Integer call() {
        Optional<Position> position = Optional.ofNullable(at).map(LogOptions::position);
        return ProcessRunner.run(
                lifecycle ->
                        position.map(each -> show(lifecycle, each))
                                .orElseGet(() -> inspect(lifecycle)));
    }

    private int show(Lifecycle lifecycle, Position position) {
        KafkaEventLog opened = log.open(lifecycle);
        RawRecord record = Lifecycle.await("reading " + position.path(), opened.raw(position));
        output.print(spec.commandLine().getOut(), json(record), LogText::record);
        return ExitCodes.DONE;
    }

    private static ObjectNode json(RawRecord record) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("position", record.position().path())
                        .put("appendedAt", record.appendedAt().toString())
                        .put("bytes", record.bytes());
        record.key().ifPresent(key -> json.put("key", key));
        record.text().ifPresent(text -> json.put("value", text));
        record.problem().ifPresent(problem -> json.put("problem", problem));
        return json;
    }

    private int inspect(Lifecycle lifecycle) {
        FoldInspection found =
                Lifecycle.await("folding the log", FoldInspection.of(log.open(lifecycle)));
        output.print(
                spec.commandLine().getOut(),
                json(found),
                json -> LogText.inspection(json, log.asGiven()));
        return found.stop().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** Everything that is not as it should be. */
    static ObjectNode json(FoldInspection found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("records", found.records());
        found.stop()
                .ifPresent(
                        stop ->
                                put(
                                        json.putObject("stop"),
                                        stop.position(),
                                        stop.key(),
                                        stop.problem()));
        ArrayNode skipped = json.putArray("skipped");
        found.skipped()
                .forEach(
                        each ->
                                skipped.addObject()
                                        .put("position", each.key())
                                        .put("by", each.by())
                                        .put("why", each.why())
                                        .put("at", each.at().toString()));
        ArrayNode aside = json.putArray("setAside");
        found.aside()
                .forEach(
                        each ->
                                put(
                                        aside.addObject(),
                                        each.position(),
                                        each.key(),
                                        each.problem()));
        return json;
    }

    private static void put(
            ObjectNode json, Position position, Optional<String> key, String problem) {
        json.put("position", position.path()).put("problem", problem);
        key.ifPresent(each -> json.put("key", each));
    }
}
