package dev.skein.ops.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the whole tree against the rules that a formatter and a compiler do not know. */
class TidyTest {
    private static final int COLUMNS_MAX = 100;
    private static final int CLASS_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;

    /** Core packages: plain values and pure functions, nothing else. */
    static final List<String> CORE =
            List.of(
                    "dev.skein.protocol.id",
                    "dev.skein.protocol.plan",
                    "dev.skein.protocol.strategy",
                    "dev.skein.protocol.event",
                    "dev.skein.protocol.text",
                    "dev.skein.orchestrator.rollout",
                    "dev.skein.orchestrator.fleet",
                    "dev.skein.engine.framework",
                    "dev.skein.engine.execution");

    /** Plain values of the protocol's edge packages that core may hold. */
    static final List<String> PROTOCOL_VALUES =
            List.of(
                    "dev.skein.protocol.Backoff",
                    "dev.skein.protocol.Labelled",
                    "dev.skein.protocol.Sha256",
                    "dev.skein.protocol.codec.Digests",
                    "dev.skein.protocol.codec.Envelope",
                    "dev.skein.protocol.log.Entry",
                    "dev.skein.protocol.log.Position",
                    "dev.skein.protocol.log.TopicPartition",
                    "dev.skein.protocol.log.Topic",
                    "dev.skein.protocol.settings.Durations");

    /** Takes its own process's properties, by which a run of the tests says what it runs on. */
    private static final String SERVERS_OF_TESTS = "dev.skein.embedded.testing";

    /** Their tests are about the embedded servers themselves. */
    private static final List<String> SERVERS = List.of("dev.skein.embedded", SERVERS_OF_TESTS);

    /** The lists that an engine, the sources and the drafts keep by framework. */
    private static final Set<String> FRAMEWORK_LISTS =
            Set.of(
                    "FrameworkRules.java",
                    "VersionTables.java",
                    "PlanSources.java",
                    "MigrationLayout.java",
                    "Framework.java");

    private static final Map<String, String> ASKS_WHICH_FRAMEWORK = new LinkedHashMap<>();
    private static final Map<String, String> BANNED_IN_CORE = new LinkedHashMap<>();
    private static final Map<String, String> BANNED_IN_MAIN = new LinkedHashMap<>();

    static {
        String ask = "ask FrameworkRules";
        ASKS_WHICH_FRAMEWORK.put("[!=]= *Framework\\.|Framework\\.[A-Z]+ *[!=]=", ask);
        ASKS_WHICH_FRAMEWORK.put("Framework\\.[A-Z]+(::|\\.)equals|equals\\(Framework\\.", ask);
        ASKS_WHICH_FRAMEWORK.put("switch \\(.*[fF]ramework(\\(\\))?\\)", ask);
        ASKS_WHICH_FRAMEWORK.put("(Set|EnumSet|List)\\.of\\(.*\\bFramework\\.", ask);
        BANNED_IN_CORE.put("Instant\\.now", "take the time from the command");
        BANNED_IN_CORE.put("Clock\\.", "take the time from the command");
        BANNED_IN_CORE.put("UUID\\.randomUUID", "take the id from the command");
        BANNED_IN_CORE.put("Math\\.random|new Random\\(", "take randomness from the caller");
        BANNED_IN_CORE.put("Map\\.copyOf|Set\\.copyOf", "copy into a sorted or linked collection");
        BANNED_IN_CORE.put("\\bMap\\.of\\(|\\bSet\\.of\\(", "their order differs between runs");
        BANNED_IN_CORE.put("getSimpleName\\(", "declare the label");
        BANNED_IN_MAIN.put("\\bFIXME\\b|\\bTODO\\b|\\bXXX\\b", "finish it, or open an issue");
        BANNED_IN_MAIN.put("System\\.getProperty\\(", "read it from the configuration");
        BANNED_IN_MAIN.put("printStackTrace", "log it, or let it reach its handler");
    }

    private final List<SourceFile> files = sources();

    @Test
    void coreImportsOnlyJavaAndTheProtocol() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : mainFilesOf(CORE)) {
            for (String each : file.imports()) {
                boolean plain = each.startsWith("java.");
                boolean core =
                        CORE.stream().anyMatch(each::startsWith) || PROTOCOL_VALUES.contains(each);
                if (!plain && !core) {
                    found.add(file.path() + " imports " + each);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void agentAndOrchestratorNeverMeet() {
        assertThat(importsOf("dev.skein.agent", "dev.skein.orchestrator")).isEmpty();
        assertThat(importsOf("dev.skein.orchestrator", "dev.skein.agent")).isEmpty();
        assertThat(importsOf("dev.skein.protocol", "dev.skein.orchestrator")).isEmpty();
        assertThat(importsOf("dev.skein.protocol", "dev.skein.agent")).isEmpty();
    }

    @Test
    void onlyTheLogUsesKafkaClients() {
        List<String> found =
                files.stream()
                        .filter(SourceFile::isMain)
                        .filter(file -> !file.packageName().equals("dev.skein.protocol.log"))
                        .filter(file -> !file.packageName().startsWith("dev.skein.embedded"))
                        .filter(file -> uses(file, "org.apache.kafka"))
                        .map(file -> file.path().toString())
                        .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void coreHasNoClockNoRandomnessAndNoUnorderedCopies() {
        assertThat(found(mainFilesOf(CORE), BANNED_IN_CORE)).isEmpty();
    }

    @Test
    void frameworksAreToldApartByTheirRulesAlone() {
        List<SourceFile> others =
                files.stream()
                        .filter(SourceFile::isMain)
                        .filter(file -> !FRAMEWORK_LISTS.contains(fileName(file)))
                        .toList();
        assertThat(found(others, ASKS_WHICH_FRAMEWORK)).isEmpty();
    }

    private static String fileName(SourceFile file) {
        return file.path().getFileName().toString();
    }

    @Test
    void mainCodeHasNoUnfinishedThoughts() {
        List<SourceFile> main =
                files.stream()
                        .filter(SourceFile::isMain)
                        .filter(file -> !file.packageName().equals(SERVERS_OF_TESTS))
                        .toList();
        assertThat(found(main, BANNED_IN_MAIN)).isEmpty();
    }

    @Test
    void testsTakeTheirServersFromTheProviderOfTheRun() {
        List<String> found =
                files.stream()
                        .filter(file -> !file.isMain())
                        .filter(file -> !SERVERS.contains(file.packageName()))
                        // Its broker has to be in this process, on a directory that it names.
                        .filter(file -> !file.path().endsWith("StartFailuresIT.java"))
                        .filter(
                                file ->
                                        uses(file, "dev.skein.embedded.EmbeddedKafka")
                                                || uses(file, "dev.skein.embedded.EmbeddedPostgres")
                                                || uses(file, "org.testcontainers"))
                        .map(file -> file.path() + " starts a server; ask TestServers for it")
                        .toList();
        assertThat(found).isEmpty();
    }

    @Test
    void linesFitTheirColumns() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : files) {
            for (int i = 0; i < file.lines().size(); i++) {
                if (file.lines().get(i).length() > COLUMNS_MAX) {
                    found.add(file.at(i));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void classesStaySmall() {
        assertThat(files.stream().filter(file -> file.lines().size() > CLASS_LINES_MAX))
                .extracting(file -> file.path() + " has " + file.lines().size() + " lines")
                .isEmpty();
    }

    @Test
    void methodsStaySmall() {
        List<Path> main = files.stream().filter(SourceFile::isMain).map(SourceFile::path).toList();
        assertThat(MethodLengths.over(METHOD_LINES_MAX, main)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        List<String> found =
                files.stream()
                        .filter(SourceFile::isMain)
                        .map(file -> file.path().resolveSibling("package-info.java"))
                        .distinct()
                        .filter(info -> !Files.exists(info))
                        .map(Path::toString)
                        .toList();
        assertThat(found).isEmpty();
    }

    private static List<String> found(List<SourceFile> files, Map<String, String> banned) {
        List<String> found = new ArrayList<>();
        banned.forEach(
                (text, instead) -> {
                    Pattern pattern = Pattern.compile(text);
                    for (SourceFile file : files) {
                        for (int i = 0; i < file.lines().size(); i++) {
                            if (pattern.matcher(file.lines().get(i)).find()) {
                                found.add(file.at(i) + " " + text + ": " + instead);
                            }
                        }
                    }
                });
        return found;
    }

    private List<SourceFile> mainFilesOf(List<String> packages) {
        return files.stream()
                .filter(SourceFile::isMain)
                .filter(file -> packages.contains(file.packageName()))
                .toList();
    }

    private List<String> importsOf(String from, String to) {
        return files.stream()
                .filter(file -> file.packageName().startsWith(from))
                .filter(file -> uses(file, to))
                .map(file -> file.path().toString())
                .toList();
    }

    private static boolean uses(SourceFile file, String prefix) {
        return file.imports().stream().anyMatch(each -> each.startsWith(prefix));
    }

    /** The folder that holds the modules. */
    static Path top() {
        Path root = Path.of("").toAbsolutePath();
        return root.endsWith("ops") ? root.getParent() : root;
    }

    static List<SourceFile> sources() {
        try (Stream<Path> all = Files.walk(top())) {
            return all.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/"))
                    .map(SourceFile::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the tree cannot be read", unreadable);
        }
    }
}
