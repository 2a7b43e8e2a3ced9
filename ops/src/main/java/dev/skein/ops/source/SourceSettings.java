package dev.skein.ops.source;

import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.VersionTableName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a directory does not say about its framework.
 *
 * @param versionTable where it is not the framework's default or what the configuration says
 * @param config the framework's configuration file, where it is not found by itself
 * @param locations directories beside the first one
 * @param gaps what becomes of migrations missing in the middle, where not what the framework does
 * @param variables values for what the scripts leave open
 * @param recording how migrations that are programs are run to see what they do
 * @param leftOut migrations that the plan does not carry, by version or file name
 */
public record SourceSettings(
        Optional<VersionTableName> versionTable,
        Optional<Path> config,
        List<Path> locations,
        Optional<GapRule> gaps,
        Variables variables,
        Recording recording,
        Set<String> leftOut) {
    /** Copies the list and the set, which is sorted. */
    public SourceSettings {
        locations = List.copyOf(locations);
        leftOut = Collections.unmodifiableSet(new TreeSet<>(leftOut));
    }

    /** What the framework does without any configuration. */
    public static SourceSettings defaults() {
        return new SourceSettings(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Variables.none(),
                Recording.defaults(),
                Collections.emptySet());
    }

    /** The same with another version table. */
    public SourceSettings withVersionTable(VersionTableName name) {
        return new SourceSettings(
                Optional.of(name), config, locations, gaps, variables, recording, leftOut);
    }

    /** The same with a configuration file. */
    public SourceSettings withConfig(Path file) {
        return new SourceSettings(
                versionTable, Optional.of(file), locations, gaps, variables, recording, leftOut);
    }

    /** The same with more directories. */
    public SourceSettings withLocations(List<Path> more) {
        return new SourceSettings(versionTable, config, more, gaps, variables, recording, leftOut);
    }

    /** The same with values for what the scripts leave open. */
    public SourceSettings withVariables(Variables values) {
        return new SourceSettings(
                versionTable, config, locations, gaps, values, recording, leftOut);
    }

    /** The same with another way to run migrations that are programs. */
    public SourceSettings withRecording(Recording how) {
        return new SourceSettings(versionTable, config, locations, gaps, variables, how, leftOut);
    }

    /** The same without these migrations. */
    public SourceSettings withLeftOut(Set<String> names) {
        return new SourceSettings(
                versionTable, config, locations, gaps, variables, recording, names);
    }
}
