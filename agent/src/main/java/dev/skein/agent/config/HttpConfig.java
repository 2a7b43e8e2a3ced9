package dev.skein.agent.config;

import dev.skein.protocol.settings.Settings;

/**
 * Where the agent answers about its health and its metrics.
 *
 * @param host the address it listens on; loopback by default
 * @param port 0 to 65535, where 0 takes a free one
 */
public record HttpConfig(String host, int port) {
    private static final int PORT_MAX = 65535;

    static HttpConfig read(Settings settings) {
        return new HttpConfig(
                settings.text("host", "127.0.0.1"), settings.number("port", 0, PORT_MAX));
    }
}
