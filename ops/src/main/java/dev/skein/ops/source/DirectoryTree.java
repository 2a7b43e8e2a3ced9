package dev.skein.ops.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of the file system. Links are followed where they lead within it; what lies elsewhere
 * is no part of the source, however a link to it is called.
 */
public final class DirectoryTree implements SourceTree {
    private final Path root;

    public DirectoryTree(Path root) {
        this.root = root;
    }

    @Override
    public List<String> files() throws IOException {
        return walk(1);
    }

    @Override
    public List<String> filesBelow() throws IOException {
        return walk(Integer.MAX_VALUE);
    }

    @Override
    public List<String> directories() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .map(this::relative)
                    .sorted()
                    .toList();
        }
    }

    private List<String> walk(int depth) throws IOException {
        if (!Files.isDirectory(root)) {
            throw Files.exists(root)
                    ? new NotDirectoryException(root.toString())
                    : new NoSuchFileException(root.toString());
        }
        List<String> files = new ArrayList<>();
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Collect(files));
        return files.stream().sorted().toList();
    }

    @Override
    public byte[] bytes(String file) throws IOException {
        Path path = root.resolve(file);
        requireWithin(path.toRealPath());
        PlainFiles.requireFit(path);
        return Files.readAllBytes(path);
    }

    private void requireWithin(Path real) throws IOException {
        if (!real.startsWith(root.toRealPath())) {
            throw new UnfitFile(
                    PlanProblemCode.OUTSIDE,
                    "a link leads out of the directory, to " + real,
                    "Copy the file to where the link is, or leave it out");
        }
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private final class Collect extends SimpleFileVisitor<Path> {
        private final List<String> files;

        Collect(List<String> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            // Flyway leaves hidden directories out too; Kubernetes keeps old mounts in them.
            return directory.equals(root) || !isHidden(directory)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        private boolean isHidden(Path directory) {
            try {
                return Files.isHidden(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // At the greatest depth a directory is visited as if it were a file.
            if (!attributes.isDirectory()) {
                files.add(relative(file));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
