package dev.skein.orchestrator.config;

import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.TopicSettings;
import dev.skein.protocol.settings.Settings;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Everything an orchestrator is told by its configuration file.
 *
 * @param name distinct among the orchestrators of the fleet; followers name the leader by it
 * @param log how it reaches Kafka
 * @param http where it answers
 */
public record OrchestratorConfig(String name, LogConfig log, HttpConfig http) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int PARTITIONS_MAX = 10_000;
    private static final int REPLICATION_MAX = 32_767;

    /** Reads a whole configuration; for {@code SettingsFile.read}. */
    public static OrchestratorConfig read(Settings settings) {
        String name = settings.value("orchestrator", OrchestratorConfig::checkedName);
        HttpConfig http = HttpConfig.read(settings.section("http"));
        // Last, because it refuses what is wrong at once and would hide the rest.
        return new OrchestratorConfig(name, log(settings.section("kafka")), http);
    }

    private static String checkedName(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a name: 1 to 100 letters, digits, '.', '_' or '-', starting"
                            + " with a letter or digit");
        }
        return text;
    }

    private static LogConfig log(Settings kafka) {
        String servers = kafka.text("bootstrap-servers");
        Optional<String> prefix = kafka.optionalText("topic-prefix");
        TopicSettings topics = topics(kafka);
        SortedMap<String, String> properties = kafka.labels("properties");
        LogConfig config = LogConfig.of(servers).withTopics(topics).withClient(properties);
        return prefix.map(config::withTopicPrefix).orElse(config);
    }

    private static TopicSettings topics(Settings kafka) {
        int partitions =
                kafka.number("partitions", TopicSettings.DEFAULT.partitions(), 1, PARTITIONS_MAX);
        Optional<Integer> copies =
                kafka.optionalNumber("replication-factor", 1, REPLICATION_MAX).stream()
                        .boxed()
                        .findFirst();
        return new TopicSettings(partitions, copies);
    }
}
