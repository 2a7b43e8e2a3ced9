package dev.skein.engine.postgres;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.protocol.log.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The distribution's PgBouncer before a server. Where there is none, the test is skipped; with
 * {@code CI=true} it fails.
 */
final class PgBouncer implements AutoCloseable {
    private static final String NOBODY = "65534";

    private final Process process;
    private final Path home;
    private final int port;

    private PgBouncer(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    /** Starts one that takes everybody at their word. */
    static PgBouncer before(TestPostgres server, String settings) throws IOException {
        Optional<String> program = program();
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(program).as("pgbouncer, see .ci/install-tools").isPresent();
        }
        int port = freePort();
        Path home = Files.createTempDirectory("skein-pgbouncer-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = Files.writeString(home.resolve("users"), "\"postgres\" \"\"\n");
        Path file =
                Files.writeString(
                        home.resolve("pgbouncer.ini"),
                        """
                        [databases]
                        * = host=%s port=%d
                        [pgbouncer]
                        listen_addr = 127.0.0.1
                        listen_port = %d
                        unix_socket_dir =
                        auth_type = trust
                        auth_file = %s
                        %s
                        """
                                .formatted(server.host(), server.port(), port, users, settings));
        Process process =
                new ProcessBuilder(command(program.orElseThrow(), file))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        PgBouncer started = new PgBouncer(process, home, port);
        Await.until("PgBouncer listens", started::listens);
        return started;
    }

    private static Optional<String> program() {
        String path = System.getenv("PATH") + ":/usr/sbin";
        return Stream.of(path.split(":"))
                .map(each -> Path.of(each, "pgbouncer"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** It refuses to run as root. */
    private static List<String> command(String program, Path file) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(List.of(program, file.toString()));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        for (String name : List.of("users", "pgbouncer.ini")) {
            Files.delete(home.resolve(name));
        }
        Files.delete(home);
    }
}
