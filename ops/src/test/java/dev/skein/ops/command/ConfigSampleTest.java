package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.config.AgentConfig;
import dev.skein.ops.run.BrokerAddress;
import dev.skein.ops.run.StandaloneConfig;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples load as they are printed, and hold every key that the processes ask for. */
class ConfigSampleTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PG_EU_1_PASSWORD", "p", "PG_1_PASSWORD", "p", "SKEIN_TOKEN", "t");

    /** A key that nothing resembles, so that the refusal names all keys that are known. */
    private static final String UNKNOWN = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

    /** Sections whose keys are the user's, and the other way to name a secret. */
    private static final Set<String> FREE =
            Set.of("labels", "properties", "password", "token", "runners");

    private static void read(ConfigSampleCommand.Process process, JsonNode tree) {
        switch (process) {
            case agent -> Settings.read("sample", tree, ENVIRONMENT, AgentConfig::read);
            case orchestrator ->
                    Settings.read("sample", tree, ENVIRONMENT, OrchestratorConfig::read);
            case standalone ->
                    StandaloneConfig.of(
                            "sample",
                            (ObjectNode) tree.deepCopy(),
                            ENVIRONMENT,
                            BrokerAddress.open("k:9092"));
        }
    }

    private static String printed(ConfigSampleCommand.Process process) {
        return Said.by("config", "sample", process.name()).done().out();
    }

    /** With every key that is commented out. */
    private static ObjectNode whole(ConfigSampleCommand.Process process) {
        String text = printed(process).replaceAll("(?m)^( *)#(?=[a-z-]+[.:a-z]*:( |$)|- )", "$1");
        return (ObjectNode) SettingsFile.parse("sample", text);
    }

    @ParameterizedTest
    @EnumSource
    void sampleLoadsAsItIsPrinted(ConfigSampleCommand.Process process) {
        read(process, SettingsFile.parse("sample", printed(process)));
    }

    @ParameterizedTest
    @EnumSource
    void sampleLoadsWithEveryKey(ConfigSampleCommand.Process process) {
        read(process, whole(process));
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyThatIsKnownIsInTheSample(ConfigSampleCommand.Process process) {
        ObjectNode tree = whole(process);
        mark(tree);
        SettingsInvalid invalid =
                catchThrowableOfType(SettingsInvalid.class, () -> read(process, tree));
        Map<String, Set<String>> known = new TreeMap<>();
        Map<String, Set<String>> present = new TreeMap<>();
        for (Problem problem : invalid.problems()) {
            String section = section(problem.path());
            String keys = problem.message().replaceFirst(".*known here are ", "");
            known.computeIfAbsent(section, each -> new TreeSet<>())
                    .addAll(List.of(keys.split(", ")));
        }
        // The standalone's agent is given its section kafka by the process itself.
        if (process == ConfigSampleCommand.Process.standalone) {
            known.get("").remove("kafka");
        }
        collect("", tree, present);
        assertThat(known).isNotEmpty();
        known.forEach(
                (section, keys) -> assertThat(present.get(section)).as(section).containsAll(keys));
    }

    /** Without the places in lists: what one element lacks another may have. */
    private static String section(String path) {
        return path.replaceAll("\\[[0-9]+]", "").replaceFirst("\\.?" + UNKNOWN + "$", "");
    }

    private static void mark(JsonNode tree) {
        if (tree instanceof ObjectNode section) {
            section.properties().stream()
                    .filter(each -> !FREE.contains(each.getKey()))
                    .forEach(each -> mark(each.getValue()));
            section.put(UNKNOWN, "x");
        } else {
            tree.forEach(ConfigSampleTest::mark);
        }
    }

    private static void collect(String path, JsonNode tree, Map<String, Set<String>> present) {
        if (tree.isObject()) {
            for (Map.Entry<String, JsonNode> each : tree.properties()) {
                present.computeIfAbsent(path, at -> new TreeSet<>()).add(each.getKey());
                String below = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
                collect(below, each.getValue(), present);
            }
        } else {
            tree.forEach(each -> collect(path, each, present));
        }
    }
}
