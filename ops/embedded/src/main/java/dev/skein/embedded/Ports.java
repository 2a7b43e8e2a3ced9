package dev.skein.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback address. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** The wanted port, or one that is free now if {@code wanted} is 0. */
    static int choose(int wanted, String server) {
        return wanted == 0 ? free(server) : wanted;
    }

    static int free(String server) {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    "No free port on %s for embedded %s: %s."
                            .formatted(LOOPBACK, server, e.getMessage()),
                    e);
        }
    }

    /** Refuses a port that somebody listens on, in words that the servers themselves lack. */
    static void requireFree(int port, String server) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw new EmbeddedFailure(
                    ("Embedded %s cannot listen on %s:%d: %s. Stop what uses the port, or choose"
                                    + " another (0 takes any free one).")
                            .formatted(server, LOOPBACK, port, e.getMessage()),
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // Connections of a server just stopped may linger on its port and are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
