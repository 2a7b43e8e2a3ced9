package dev.skein.ops.scratch;

import dev.skein.engine.ServerUri;
import java.util.Properties;

/** What the driver is told about a server. */
final class ConnectionProperties {
    /** Trusts what the Java runtime trusts, as agents do where no file is named. */
    private static final String RUNTIME_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private ConnectionProperties() {}

    static Properties of(ScratchAddress address) {
        ServerUri uri = address.uri();
        Properties properties = new Properties();
        properties.setProperty("user", uri.user());
        address.password().ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        // Only in this mode does a text of several statements reach the server as it is.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("sslmode", uri.tls().label());
        if (uri.caFile().isPresent()) {
            properties.setProperty("sslrootcert", uri.caFile().get().toString());
        } else if (isVerified(uri)) {
            properties.setProperty("sslfactory", RUNTIME_TRUST);
        }
        return properties;
    }

    private static boolean isVerified(ServerUri uri) {
        return switch (uri.tls()) {
            case DISABLE, PREFER, REQUIRE -> false;
            case VERIFY_CA, VERIFY_FULL -> true;
        };
    }
}
