package dev.skein.protocol.log;

import dev.skein.protocol.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code kafka} of a configuration file, the same for every process: any of them may be
 * the first, and creates the topics then.
 */
public final class LogSection {
    private static final String PROPERTIES = "properties";
    private static final int REPLICATION_MAX = 32_767;
    private static final int PORT_MAX = 65_535;

    /** As Kafka's clients take it: a name, an IPv4 address or an IPv6 address in brackets. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[0-9A-Za-z._-]+|\\[[0-9A-Fa-f:.%]+]):([0-9]{1,5})");

    private LogSection() {}

    /** Reads the section. Each wrong value is a problem at its own key, and hides no other. */
    public static LogConfig read(Settings kafka) {
        String servers = kafka.value("bootstrap-servers", LogSection::addresses);
        Optional<String> prefix =
                kafka.optionalValue("topic-prefix", LogConfig::requireTopicPrefix);
        TopicSettings topics = topics(kafka);
        Map<String, String> client = client(kafka);
        // Where a value is wrong what is made here is dropped, and must not refuse anything more.
        LogConfig config =
                LogConfig.of(servers == null ? "unset" : servers)
                        .withTopics(topics)
                        .withClient(client);
        return prefix.map(config::withTopicPrefix).orElse(config);
    }

    private static String addresses(String text) {
        List<String> wrong =
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !isAddress(each))
                        .map(each -> "'" + each + "'")
                        .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", wrong)
                            + " is not of the form host:port; several are separated by commas");
        }
        return text;
    }

    private static boolean isAddress(String text) {
        var address = ADDRESS.matcher(text);
        return address.matches() && Integer.parseInt(address.group(1)) <= PORT_MAX;
    }

    private static TopicSettings topics(Settings kafka) {
        int partitions =
                kafka.number(
                        "partitions",
                        TopicSettings.DEFAULT.partitions(),
                        1,
                        TopicSettings.PARTITIONS_MAX);
        Optional<Integer> copies =
                kafka.optionalNumber("replication-factor", 1, REPLICATION_MAX).stream()
                        .boxed()
                        .findFirst();
        return new TopicSettings(partitions, copies);
    }

    private static Map<String, String> client(Settings kafka) {
        Map<String, String> properties = kafka.labels(PROPERTIES);
        Settings section = kafka.section(PROPERTIES);
        List<String> taken =
                properties.keySet().stream().filter(KafkaClients::isSetBySkein).toList();
        taken.forEach(each -> section.problem(each, "cannot be configured: Skein sets it itself"));
        return taken.isEmpty() ? properties : Map.of();
    }
}
