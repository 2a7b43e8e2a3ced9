package dev.skein.orchestrator.http;

import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads positions as {@link Position#toString} writes them. */
final class Positions {
    private static final Pattern WRITTEN = Pattern.compile("([a-z]+)-([0-9]{1,6})@([0-9]{1,18})");

    private Positions() {}

    /**
     * @throws IllegalArgumentException if it is not {@code topic-partition@offset}
     */
    static Position parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw noPosition(text);
        }
        Topic topic =
                Arrays.stream(Topic.values())
                        .filter(each -> each.label().equals(matcher.group(1)))
                        .findFirst()
                        .orElseThrow(() -> noPosition(text));
        TopicPartition topicPartition =
                new TopicPartition(topic, Integer.parseInt(matcher.group(2)));
        return new Position(topicPartition, Long.parseLong(matcher.group(3)));
    }

    private static IllegalArgumentException noPosition(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a position in the log such as progress-3@17");
    }
}
