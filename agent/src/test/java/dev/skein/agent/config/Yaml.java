package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Configuration as text, for tests. */
final class Yaml {
    static final Map<String, String> ENVIRONMENT = Map.of("PG_PASSWORD", "hunter2");

    private Yaml() {}

    static <T> T read(String yaml, Function<Settings, T> reader) {
        return Settings.read(
                "agent.yaml", SettingsFile.parse("agent.yaml", yaml), ENVIRONMENT, reader);
    }

    /** What is wrong with it, one line a problem. */
    static List<String> problems(String yaml, Function<Settings, ?> reader) {
        return catchThrowableOfType(SettingsInvalid.class, () -> read(yaml, reader))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
