package dev.skein.ops.source.plain;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
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
import java.util.Locale;
import java.util.Optional;

/**
 * Plain SQL: {@code 0001_name.up.sql}, and {@code 0001_name.down.sql} where there is a way back, in
 * the directory itself. The checksum is the SHA-256 of the bytes of the file up.
 */
public final class SqlFormat implements SourceFormat {
    private final ScriptRule rule = new SqlRule();

    @Override
    public Optional<VersionTableName> versionTable(SourceSettings settings) {
        return Optional.empty();
    }

    @Override
    public String expectedNames() {
        return "0001_what_it_does.up.sql and, for the way back, 0001_what_it_does.down.sql";
    }

    @Override
    public List<Migration> migrations(SourceTree tree, PlanProblems problems) throws IOException {
        SqlVersions versions = new SqlVersions(problems);
        for (String file : tree.files()) {
            SqlFileName.parse(file)
                    .ifPresentOrElse(versions::add, () -> refuseIfSql(file, problems));
        }
        ScriptReader reader = new ScriptReader(tree, problems);
        List<Migration> migrations = new ArrayList<>();
        for (SqlFileName up : versions.up()) {
            Optional<List<Step>> down =
                    versions.down(up)
                            .flatMap(name -> reader.read(name.file()))
                            .map(script -> rule.steps(script, problems));
            reader.read(up.file())
                    .map(script -> migration(up, script, rule.steps(script, problems), down))
                    .ifPresent(migrations::add);
        }
        return migrations;
    }

    private void refuseIfSql(String file, PlanProblems problems) {
        if (file.toLowerCase(Locale.ROOT).endsWith(".sql")) {
            problems.add(
                    file,
                    PlanProblemCode.FILE_NAME,
                    "the name says neither the version nor the direction of the script",
                    "Name it " + expectedNames() + ", or move it to another directory");
        }
    }

    private static Migration migration(
            SqlFileName name, SourceScript script, List<Step> up, Optional<List<Step>> down) {
        return new Migration(
                MigrationKind.VERSIONED,
                name.version(),
                name.name(),
                name.file(),
                Optional.of(script.sha256()),
                up,
                down);
    }
}
