package dev.skein.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JVM of its own that starts PostgreSQL, says so with one byte, and waits to be killed. */
final class KilledParent {
    private KilledParent() {}

    public static void main(String[] arguments) throws IOException {
        PostgresSettings settings =
                PostgresSettings.keptIn(Path.of(arguments[0]))
                        .withoutDurability()
                        .withBinariesDir(Path.of(arguments[1]));
        EmbeddedPostgres.start(settings).createDatabase("acme");
        System.out.write('.');
        System.out.flush();
        System.in.read();
    }

    static Process launch(Path home, Path binaries) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledParent.class.getName(),
                        home.toString(),
                        binaries.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static ProcessHandle postmaster(Path home) throws IOException {
        String pid = Files.readAllLines(home.resolve("data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }
}
