package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.config.RunnerConfig;
import dev.skein.ops.rehearse.ScratchRunners;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import java.nio.file.Path;
import java.util.SortedMap;
import picocli.CommandLine.Option;

/** What carries out delegated steps in scratch databases. */
final class RunnersOption {
    private static final String SECTION = "runners";

    @Option(
            names = "--runners",
            paramLabel = "FILE",
            description =
                    "The agent's file, or one with its section 'runners' alone: they carry out the"
                            + " plan's delegated steps in scratch databases.")
    private Path file;

    /**
     * Those of the file; none where no file is named. The rest of the file is not read.
     *
     * @throws CommandFailed if it has no such section
     * @throws dev.skein.protocol.settings.SettingsInvalid if anything is wrong with that
     */
    ScratchRunners value() {
        if (file == null) {
            return ScratchRunners.NONE;
        }
        JsonNode section = SettingsFile.read(file).path(SECTION);
        if (section.isEmpty()) {
            throw CommandFailed.usage("--runners " + file + " has no section 'runners'");
        }
        ObjectNode alone = Json.mapper().createObjectNode();
        alone.set(SECTION, section);
        SortedMap<String, RunnerConfig> runners =
                Settings.read(
                        file.toString(),
                        alone,
                        System.getenv(),
                        settings -> settings.named(SECTION, RunnerConfig::read));
        return new ScratchRunners(runners);
    }
}
