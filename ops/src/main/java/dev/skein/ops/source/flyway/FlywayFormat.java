package dev.skein.ops.source.flyway;

import dev.skein.ops.source.Problems;
import dev.skein.ops.source.ScriptReader;
import dev.skein.ops.source.ScriptRule;
import dev.skein.ops.source.SourceFormat;
import dev.skein.ops.source.SourceScript;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.SourceTree;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One location of Flyway with default settings: {@code V} and {@code R} scripts in the directory
 * and below it, and {@code U} scripts as their way back, which only Flyway's paid editions run.
 */
public final class FlywayFormat implements SourceFormat {
    static final String NAMES = "V1__what_it_does.sql, R__what_it_does.sql or U1__what_it_does.sql";

    private static final String DEFAULT_TABLE = "flyway_schema_history";

    private final ScriptRule rule = new FlywayRule();

    @Override
    public Optional<VersionTableName> versionTable(SourceSettings settings) {
        return settings.versionTable()
                .or(() -> Optional.of(new VersionTableName(Optional.empty(), DEFAULT_TABLE)));
    }

    @Override
    public String expectedNames() {
        return NAMES;
    }

    @Override
    public List<Migration> migrations(SourceTree tree, Problems problems) throws IOException {
        FlywayFiles files = new FlywayFiles(problems);
        tree.filesBelow().forEach(path -> files.add(FlywayFile.of(path)));
        ScriptReader reader = new ScriptReader(tree, problems);
        List<Migration> migrations = new ArrayList<>();
        for (FlywayFile file : files.inOrder()) {
            Optional<List<Step>> down =
                    files.undo(file)
                            .flatMap(undo -> reader.read(undo.path()))
                            .map(script -> rule.steps(script, problems));
            reader.read(file.path())
                    .map(script -> migration(file, script, rule.steps(script, problems), down))
                    .ifPresent(migrations::add);
        }
        return migrations;
    }

    private static Migration migration(
            FlywayFile file, SourceScript script, List<Step> up, Optional<List<Step>> down) {
        Optional<FlywayVersion> version = file.name().version();
        return new Migration(
                version.isPresent() ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE,
                version.map(FlywayVersion::text).orElse(""),
                file.name().description(),
                file.path(),
                Optional.of(Integer.toString(FlywayChecksum.of(script.text()))),
                up,
                down);
    }
}
