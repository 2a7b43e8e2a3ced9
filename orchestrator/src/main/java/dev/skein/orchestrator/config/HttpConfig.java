package dev.skein.orchestrator.config;

import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.settings.Secret;
import dev.skein.protocol.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where and how the orchestrator answers.
 *
 * @param host the address it listens on; loopback by default
 * @param port 0 to 65535, where 0 takes a free one; 8080 by default
 * @param advertisedUrl where others reach it, for followers to point at; host and port by default
 * @param token what callers must show; nobody is asked where it is absent
 * @param bodyLimit bytes that a request's body may have, 1 KiB to 1 GiB; by default what the
 *     largest plan needs, 257 MiB
 */
public record HttpConfig(
        String host,
        int port,
        Optional<URI> advertisedUrl,
        Optional<Secret> token,
        long bodyLimit) {
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 8080;
    private static final int PORT_MAX = 65_535;
    private static final long KIBI = 1L << 10;
    private static final long BODY_LIMIT = SizeLimits.BODY_BYTES_MAX;
    private static final long BODY_LIMIT_MAX = 1L << 30;

    static HttpConfig read(Settings settings) {
        return new HttpConfig(
                settings.text("host", HOST),
                settings.number("port", PORT, 0, PORT_MAX),
                settings.optionalValue("advertised-url", HttpConfig::url),
                settings.optionalSecret("token"),
                settings.bytes("body-limit", BODY_LIMIT, KIBI, BODY_LIMIT_MAX));
    }

    private static URI url(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException notUri) {
            // Reported below, together with what is no address of a server.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not of the form http://host:port or https://host");
    }

    /** All by default: port 8080 of loopback, without a token. */
    public static HttpConfig defaults() {
        return new HttpConfig(HOST, PORT, Optional.empty(), Optional.empty(), BODY_LIMIT);
    }

    /** On another port; 0 takes a free one. */
    public HttpConfig withPort(int other) {
        return new HttpConfig(host, other, advertisedUrl, token, bodyLimit);
    }

    /**
     * The address that others are told.
     *
     * @param actualPort the one it listens on
     */
    public String url(int actualPort) {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return advertisedUrl.map(URI::toString).orElse("http://" + shown + ":" + actualPort);
    }
}
