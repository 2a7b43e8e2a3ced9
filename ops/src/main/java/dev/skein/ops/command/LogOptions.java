package dev.skein.ops.command;

import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.OpenLog;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which log is looked at: that of an orchestrator's Kafka, or the one a standalone keeps. */
final class LogOptions {
    private static final Pattern AT = Pattern.compile("([a-z]+)/(\\d{1,6})/(\\d{1,18})");

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Where where;

    private static final class Where {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "An orchestrator's configuration; its Kafka is asked directly.")
        private Path config;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The data directory of a standalone that does not run now.")
        private Path data;
    }

    KafkaEventLog open(Lifecycle lifecycle) {
        return where.config != null
                ? OpenLog.of(lifecycle, where.config)
                : OpenLog.keptIn(lifecycle, where.data);
    }

    /** As it was given, for a command that is to be called next. */
    String asGiven() {
        return where.config != null ? "--config " + where.config : "--data " + where.data;
    }

    /** A position as people give it, such as {@code rollouts/0/17}. */
    static Position position(String text) {
        Matcher parts = AT.matcher(text);
        if (!parts.matches()) {
            throw CommandFailed.usage(
                    "--at '" + text + "' is no position: TOPIC/PARTITION/OFFSET, as rollouts/0/17");
        }
        Topic topic =
                Stream.of(Topic.values())
                        .filter(each -> each.label().equals(parts.group(1)))
                        .findFirst()
                        .orElseThrow(() -> unknown(parts.group(1)));
        return new Position(
                new TopicPartition(topic, Integer.parseInt(parts.group(2))),
                Long.parseLong(parts.group(3)));
    }

    private static CommandFailed unknown(String topic) {
        String known = String.join(", ", Stream.of(Topic.values()).map(Topic::label).toList());
        return CommandFailed.usage("there is no topic '" + topic + "'; the log has " + known);
    }
}
