package dev.skein.ops.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.config.AgentConfig;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One file for orchestrator and agent in one process: an agent's configuration without {@code
 * kafka}, and the orchestrator's {@code http}.
 */
public record StandaloneConfig(OrchestratorConfig orchestrator, AgentConfig agent) {
    private static final String NAME = "standalone";
    private static final String PARTITIONS = "8";

    /**
     * Reads the file.
     *
     * @param kafka where the embedded Kafka answers, or will answer
     * @throws SettingsInvalid with everything that is wrong with it
     */
    public static StandaloneConfig read(
            Path file, Map<String, String> environment, BrokerAddress kafka) {
        JsonNode tree = SettingsFile.read(file);
        if (!(tree instanceof ObjectNode root)) {
            return of(file.toString(), Json.mapper().createObjectNode(), environment, kafka);
        }
        if (root.has("kafka")) {
            throw new SettingsInvalid(
                    file.toString(),
                    List.of(
                            new Problem(
                                    "kafka",
                                    "standalone keeps its own Kafka; leave the section out, or run"
                                            + " 'skein orchestrator' and 'skein agent'")));
        }
        return of(file.toString(), root, environment, kafka);
    }

    /** Reads it from a tree instead of a file. */
    public static StandaloneConfig of(
            String source, ObjectNode root, Map<String, String> environment, BrokerAddress kafka) {
        ObjectNode forAgent = root.deepCopy();
        JsonNode http = forAgent.remove("http");
        if (!forAgent.has("agent")) {
            forAgent.put("agent", NAME);
        }
        forAgent.set("kafka", kafka.toSettings());
        ObjectNode forOrchestrator = root.objectNode().put("orchestrator", NAME);
        forOrchestrator.set("kafka", kafka.toSettings().put("partitions", PARTITIONS));
        if (http != null) {
            forOrchestrator.set("http", http);
        }
        List<Problem> problems = new ArrayList<>();
        Optional<OrchestratorConfig> orchestrator =
                read(source, forOrchestrator, environment, OrchestratorConfig::read, problems);
        Optional<AgentConfig> agent =
                read(source, forAgent, environment, AgentConfig::read, problems);
        if (!problems.isEmpty()) {
            throw new SettingsInvalid(source, problems);
        }
        return new StandaloneConfig(orchestrator.orElseThrow(), agent.orElseThrow());
    }

    /** Problems of one part are collected, so that those of the other are reported too. */
    private static <T> Optional<T> read(
            String source,
            ObjectNode root,
            Map<String, String> environment,
            Function<Settings, T> reader,
            List<Problem> problems) {
        try {
            return Optional.of(Settings.read(source, root, environment, reader));
        } catch (SettingsInvalid invalid) {
            problems.addAll(invalid.problems());
            return Optional.empty();
        }
    }
}
