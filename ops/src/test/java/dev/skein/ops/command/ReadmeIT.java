package dev.skein.ops.command;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the main README tells a newcomer, in a shell: the blocks marked {@code sh run}, one
 * line after the other, with the files that its blocks of YAML hold. Only the place of the server,
 * its password, the names of its databases and the port of the API are others.
 */
@Timeout(300)
class ReadmeIT {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(sh run|yaml)\n(.*?)^ *```");
    private static final List<String> TENANTS = List.of("tenant_readme_1", "tenant_readme_2");
    private static final String SERVER = "127.0.0.1:5432/postgres";
    private static final int COMMAND_SECONDS_MAX = 120;

    private final TestPostgres postgres = TestServers.postgres();
    private final List<Process> left = new ArrayList<>();

    @TempDir private Path directory;
    private int port;

    @BeforeEach
    void layOutWhatANewcomerHas() throws IOException {
        postgres.execute("postgres", "create role skein_agent login");
        for (String tenant : TENANTS) {
            postgres.createDatabase(tenant);
            postgres.execute("postgres", "alter database " + tenant + " owner to skein_agent");
        }
        Path migrations = Files.createDirectories(directory.resolve("db/migration"));
        Files.writeString(
                migrations.resolve("V1__customer.sql"),
                "create table customer (id int primary key, name text);\n");
        Files.writeString(
                migrations.resolve("V2__index_customer_name.sql"),
                "create index customer_name on customer (name);\n");
        Files.writeString(directory.resolve("password"), "none is asked for\n");
        Path skein = directory.resolve("ops/bin/skein");
        Files.createDirectories(skein.getParent());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Files.writeString(
                skein,
                "#!/bin/sh\nexec '%s' -Xmx256m -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
                        .formatted(java, classes, Main.class.getName()));
        Files.setPosixFilePermissions(skein, fromString("rwxr-xr-x"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void endWhatRuns() throws InterruptedException {
        for (Process process : left) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        for (String tenant : TENANTS) {
            postgres.execute("postgres", "drop database " + tenant + " with (force)");
        }
        postgres.execute("postgres", "drop role skein_agent");
    }

    @Test
    void newcomerGetsAlongWithTheReadme() throws IOException, InterruptedException {
        Matcher block = BLOCK.matcher(Files.readString(README));
        List<String> files = new ArrayList<>(List.of("skein.yaml", "strategy.yaml"));
        int commands = 0;
        while (block.find()) {
            if (block.group(1).equals("yaml")) {
                write(files.remove(0), block.group(2).stripIndent());
            } else {
                for (String line : block.group(2).lines().map(String::strip).toList()) {
                    type(line);
                    commands++;
                }
            }
        }
        assertThat(files).isEmpty();
        assertThat(commands).isGreaterThanOrEqualTo(8);
        for (String tenant : TENANTS) {
            // It is there, and this fails where it is not.
            postgres.execute(tenant, "drop index customer_name");
        }
    }

    private void write(String name, String text) throws IOException {
        assertThat(text).contains(name.equals("skein.yaml") ? SERVER : "waves:");
        Files.writeString(
                directory.resolve(name),
                text.replace("tenant\\_%", "tenant\\_readme\\_%")
                        .replace(SERVER, postgres.host() + ":" + postgres.port() + "/postgres")
                        .replace("/run/secrets/pg-1", directory.resolve("password").toString()));
    }

    private void type(String line) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", ".txt");
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", "exec " + line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        shell.environment().put("SKEIN_HTTP_PORT", Integer.toString(port));
        shell.environment().put("SKEIN_SERVER", "http://127.0.0.1:" + port);
        Process process = shell.start();
        left.add(process);
        if (line.contains(" standalone ")) {
            awaitFleet(process, said);
            return;
        }
        boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
        String what = line + "\n" + Files.readString(said);
        assertThat(ended).as(what).isTrue();
        int wanted = line.contains("--exit-when-waiting") ? 1 : 0;
        assertThat(process.exitValue()).as(what).isEqualTo(wanted);
    }

    private static String fleet(String url) {
        return Said.by("fleet", "--databases", "--server", url).out();
    }

    /** As a newcomer does, who looks at the fleet until the databases are there. */
    private void awaitFleet(Process standalone, Path said)
            throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        String url = "http://127.0.0.1:" + port;
        while (!Files.readString(said).contains("skein answers at")
                || !TENANTS.stream().allMatch(fleet(url)::contains)) {
            assertThat(standalone.isAlive()).as(Files.readString(said)).isTrue();
            never.await(200, TimeUnit.MILLISECONDS);
        }
    }
}
