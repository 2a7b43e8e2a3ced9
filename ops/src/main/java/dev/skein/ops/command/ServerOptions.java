package dev.skein.ops.command;

import dev.skein.ops.client.SkeinClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where the server is, shared by all commands that talk to one. */
final class ServerOptions {
    private static final Set<String> WEB = Set.of("http", "https");

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${SKEIN_SERVER:-http://127.0.0.1:8080}",
            description = "The server (default: SKEIN_SERVER, or http://127.0.0.1:8080).")
    private URI server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token (default: the variable SKEIN_TOKEN).")
    private Path tokenFile;

    SkeinClient client() {
        if (!WEB.contains(String.valueOf(server.getScheme())) || server.getHost() == null) {
            throw CommandFailed.usage(
                    "--server '" + server + "' is no address; expected http://HOST:PORT");
        }
        return new SkeinClient(server, token());
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.ofNullable(System.getenv("SKEIN_TOKEN")).filter(t -> !t.isBlank());
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException unreadable) {
            throw CommandFailed.usage("--token-file " + tokenFile + " cannot be read");
        }
    }
}
