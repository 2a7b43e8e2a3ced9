package dev.skein.ops.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the documents against the tree: what they name is there. A name that begins with {@code X}
 * or with an ellipsis stands for any.
 */
class DocumentsTest {
    /** What a build or an installation writes, and what Git keeps for itself. */
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".tools", ".git");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TEST =
            Pattern.compile("(?<![…\\w])[A-Z][a-z]\\w*(?:Test|IT|Contract)\\b");
    private static final Pattern FILE = Pattern.compile("(?<![…\\w])[A-Z][a-z]\\w*(?=\\.java\\b)");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+(?:[A-Z]\\w*)+");

    static final SortedMap<Path, String> DOCUMENTS = documents();
    static final SortedSet<String> SOURCES =
            TidyTest.sources().stream()
                    .map(file -> file.path().getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));

    private static SortedMap<Path, String> documents() {
        SortedMap<Path, String> documents = new TreeMap<>();
        try {
            Files.walkFileTree(TidyTest.top(), new Collecting(documents));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the tree cannot be read", unreadable);
        }
        return documents;
    }

    @Test
    void everyTestThatADocumentNamesIsThere() {
        assertThat(namedAndAbsent(TEST)).isEmpty();
    }

    @Test
    void everySourceFileThatADocumentNamesIsThere() {
        assertThat(namedAndAbsent(FILE)).isEmpty();
    }

    private static List<String> namedAndAbsent(Pattern pattern) {
        List<String> absent = new ArrayList<>();
        DOCUMENTS.forEach(
                (path, text) -> {
                    for (String code : codeIn(text)) {
                        for (Matcher each = pattern.matcher(code); each.find(); ) {
                            if (!SOURCES.contains(each.group())) {
                                absent.add(path + " names " + each.group());
                            }
                        }
                    }
                });
        return absent;
    }

    /** A name of several words that stands alone is a type of Skein's. */
    @Test
    void everyTypeThatADocumentNamesIsThere() {
        List<String> absent = new ArrayList<>();
        DOCUMENTS.forEach(
                (path, text) -> {
                    for (String code : codeIn(text)) {
                        if (TYPE.matcher(code).matches() && !SOURCES.contains(code)) {
                            absent.add(path + " names " + code);
                        }
                    }
                });
        assertThat(absent).isEmpty();
    }

    static List<String> codeIn(String text) {
        Matcher code = CODE.matcher(BLOCK.matcher(text).replaceAll(""));
        return code.results().map(each -> each.group(1)).toList();
    }

    @Test
    void everyRelativeLinkLeadsToAFile() {
        List<String> broken = new ArrayList<>();
        DOCUMENTS.forEach(
                (path, text) -> {
                    Matcher link = LINK.matcher(BLOCK.matcher(text).replaceAll(""));
                    while (link.find()) {
                        String target = link.group(1).replaceFirst("#.*", "");
                        boolean elsewhere = target.contains("://") || target.isEmpty();
                        if (!elsewhere && !Files.exists(path.resolveSibling(target))) {
                            broken.add(path + " leads to " + target);
                        }
                    }
                });
        assertThat(broken).isEmpty();
    }

    /** By the last part of its name, in the nearest README above it. */
    @Test
    void everyPackageIsInTheReadmeOfItsModule() {
        SortedSet<String> absent = new TreeSet<>();
        for (SourceFile file : TidyTest.sources()) {
            if (file.isMain()) {
                Path readme = readmeAbove(file.path().getParent());
                String name = file.packageName().replaceFirst(".*\\.", "");
                Pattern word = Pattern.compile("\\b" + name + "\\b");
                if (codeIn(DOCUMENTS.get(readme)).stream().noneMatch(word.asPredicate())) {
                    absent.add(readme + " lacks " + file.packageName());
                }
            }
        }
        assertThat(absent).isEmpty();
    }

    private static Path readmeAbove(Path folder) {
        Path readme = folder.resolve("README.md");
        return DOCUMENTS.containsKey(readme) ? readme : readmeAbove(folder.getParent());
    }

    private static final class Collecting extends SimpleFileVisitor<Path> {
        private final SortedMap<Path, String> documents;

        Collecting(SortedMap<Path, String> documents) {
            this.documents = documents;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (file.toString().endsWith(".md")) {
                documents.put(file, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
