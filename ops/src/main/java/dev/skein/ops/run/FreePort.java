package dev.skein.ops.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Checks that the HTTP API can listen, before anything slow is started. */
public final class FreePort {
    private FreePort() {}

    /**
     * Does nothing if the address is free, or the port is 0.
     *
     * @param remedy what a person can do about it, for the message
     * @throws IllegalStateException if it cannot be listened on
     */
    public static void require(String host, int port, String remedy) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port of a server that has just stopped counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException taken) {
            throw new IllegalStateException(
                    "the HTTP API cannot listen on %s:%d: %s; %s"
                            .formatted(host, port, taken.getMessage(), remedy),
                    taken);
        }
    }
}
