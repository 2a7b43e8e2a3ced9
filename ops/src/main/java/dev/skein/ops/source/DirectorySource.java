package dev.skein.ops.source;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads directories by the rules of one format. */
public final class DirectorySource implements PlanSource {
    private final Framework framework;
    private final SourceFormat format;

    public DirectorySource(Framework framework, SourceFormat format) {
        this.framework = framework;
        this.format = format;
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        return read(directory, new DirectoryTree(directory), settings);
    }

    public Plan read(Path directory, SourceTree tree, SourceSettings settings) {
        PlanProblems problems = new PlanProblems();
        Optional<VersionTableName> versionTable = format.versionTable(settings);
        if (versionTable.isEmpty() && settings.versionTable().isPresent()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_VERSION_TABLE,
                    "a version table is named, and the format " + framework.label() + " has none",
                    "Leave the version table out");
        }
        List<Migration> migrations = migrations(directory, tree, problems);
        if (!problems.isEmpty()) {
            throw new PlanRefused(framework, directory, problems.inOrder());
        }
        return new Plan(framework, versionTable, migrations);
    }

    private List<Migration> migrations(Path directory, SourceTree tree, PlanProblems problems) {
        try {
            List<Migration> migrations = format.migrations(tree, problems);
            if (migrations.isEmpty() && problems.isEmpty()) {
                problems.add(
                        directory.toString(),
                        PlanProblemCode.EMPTY,
                        "no file here is a migration",
                        "Name them " + format.expectedNames());
            }
            return migrations;
        } catch (IOException | UncheckedIOException e) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_DIRECTORY,
                    "the directory cannot be read: " + IoReason.of(e),
                    "Check its name and its permissions");
            return List.of();
        }
    }
}
