package dev.skein.ops.command;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ops/bin/skein}, with a Java and a build that only say how they are called. */
@Timeout(60)
class LauncherIT {
    private static final Path SCRIPT = Path.of("bin", "skein");

    @TempDir private Path directory;
    private Path home;
    private Path script;
    private Path java;

    @BeforeEach
    void layOutACheckout() throws IOException {
        home = Files.createDirectory(directory.toRealPath().resolve("checkout"));
        script = home.resolve("ops/bin/skein");
        Files.createDirectories(script.getParent());
        Files.copy(SCRIPT, script);
        Files.createDirectories(home.resolve("ops/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        program(home.resolve("mvnw"), "mkdir -p ops/target; touch ops/target/skein.jar");
        java = java("17.0.2");
    }

    private Path java(String version) throws IOException {
        Path javaHome = Files.createTempDirectory(directory, "java");
        String body =
                "if [ \"$1\" = -version ]; then echo 'openjdk version \""
                        + version
                        + "\"' >&2; else echo \"$@\"; fi";
        program(javaHome.resolve("bin/java"), body);
        return javaHome;
    }

    private static void program(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private String run(int exitCode, Path called, String... arguments) {
        List<String> command = new ArrayList<>(List.of(called.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().merge("PATH", "", (path, none) -> java + "/bin:" + path);
        builder.environment().remove("SKEIN_JAVA_OPTS");
        try {
            Process process = builder.start();
            byte[] said = process.getInputStream().readAllBytes();
            String text = new String(said, StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isEqualTo(exitCode);
            return text;
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(command.toString(), failure);
        }
    }

    @Test
    void firstUseBuildsAndLaterOnesRunAtOnce() {
        String jar = " -jar " + home.resolve("ops/target/skein.jar");
        assertThat(run(0, script, "fleet", "--label", "tier=a b"))
                .startsWith("skein: first use: building;")
                .endsWith(jar + " fleet --label tier=a b\n");
        assertThat(run(0, script, "fleet")).startsWith("-XX:").endsWith(jar + " fleet\n");
    }

    @Test
    void worksThroughLinksFromAnyDirectory() throws IOException {
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), script);
        Path relative =
                Files.createSymbolicLink(directory.resolve("relative"), Path.of("absolute"));
        assertThat(run(0, relative, "--help"))
                .endsWith(home.resolve("ops/target/skein.jar") + " --help\n");
        assertThat(run(0, absolute, "--help")).startsWith("-XX:");
    }

    @Test
    void failedBuildRunsNothing() throws IOException {
        program(home.resolve("mvnw"), "echo 'it does not compile'; exit 1");
        assertThat(run(1, script, "fleet"))
                .contains("it does not compile", "the build failed, see above; nothing was run");
    }

    @Test
    void oldJavaIsRefusedWithItsVersion() throws IOException {
        java = java("11.0.2");
        assertThat(run(2, script, "fleet"))
                .contains("skein: needs Java 17 or later", "bin/java is version 11.");
    }
}
