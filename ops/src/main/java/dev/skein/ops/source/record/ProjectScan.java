package dev.skein.ops.source.record;

import dev.skein.ops.source.PlainFiles;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Looks through a project before its programs run: one that waits for a pipe, or reads a device
 * without an end, says nothing of it.
 */
public final class ProjectScan extends SimpleFileVisitor<Path> {
    private static final int DEPTH_MAX = 8;
    private static final Set<String> FOREIGN = Set.of("node_modules", "venv", "site-packages");

    private final Path directory;
    private final List<String> endings;
    private final PlanProblems problems;

    private ProjectScan(Path directory, List<String> endings, PlanProblems problems) {
        this.directory = directory;
        this.endings = endings;
        this.problems = problems;
    }

    /**
     * Refuses pipes, devices and sockets whose names end like those of scripts.
     *
     * @param endings such as {@code .py}
     */
    public static void refuseSpecialFiles(
            Path directory, List<String> endings, PlanProblems problems) {
        try {
            Files.walkFileTree(
                    directory,
                    EnumSet.noneOf(FileVisitOption.class),
                    DEPTH_MAX,
                    new ProjectScan(directory, endings, problems));
        } catch (IOException unreadable) {
            // The programs themselves will say what they cannot read.
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
        String name = String.valueOf(each.getFileName());
        boolean own = each.equals(directory) || !name.startsWith(".") && !FOREIGN.contains(name);
        return own ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean script = endings.stream().anyMatch(file.toString()::endsWith);
        if (script && PlainFiles.isSpecial(file)) {
            problems.add(
                    directory.relativize(file).toString().replace('\\', '/'),
                    PlanProblemCode.NO_FILE,
                    PlainFiles.SPECIAL,
                    PlainFiles.SPECIAL_HINT);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
        return FileVisitResult.CONTINUE;
    }
}
