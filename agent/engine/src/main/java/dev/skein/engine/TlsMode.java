package dev.skein.engine;

import java.util.Arrays;
import java.util.Optional;

/** How a connection to a server is protected; the names are those of libpq's {@code sslmode}. */
public enum TlsMode {
    /** Never encrypted. */
    DISABLE("disable"),
    /** Encrypted where the server offers it, whoever the server is. */
    PREFER("prefer"),
    /** Encrypted or not at all, whoever the server is. */
    REQUIRE("require"),
    /** Encrypted, with a certificate of the given authority. */
    VERIFY_CA("verify-ca"),
    /** Encrypted, with a certificate of the given authority for this host name. */
    VERIFY_FULL("verify-full");

    private final String label;

    TlsMode(String label) {
        this.label = label;
    }

    /** The name in configuration files. */
    public String label() {
        return label;
    }

    /** The mode of that label, or empty. */
    public static Optional<TlsMode> of(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst();
    }
}
