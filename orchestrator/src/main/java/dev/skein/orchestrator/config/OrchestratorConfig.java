package dev.skein.orchestrator.config;

import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.LogSection;
import dev.skein.protocol.settings.Settings;
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

    /** Reads a whole configuration; for {@code SettingsFile.read}. */
    public static OrchestratorConfig read(Settings settings) {
        String name = settings.value("orchestrator", OrchestratorConfig::checkedName);
        HttpConfig http = HttpConfig.read(settings.section("http"));
        return new OrchestratorConfig(name, LogSection.read(settings.section("kafka")), http);
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
}
