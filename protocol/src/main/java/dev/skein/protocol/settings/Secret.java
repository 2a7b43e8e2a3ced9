package dev.skein.protocol.settings;

import java.util.Objects;

/** A password or token; it is shown only to code that asks for it by name. */
public final class Secret {
    private final String value;

    /** Hides the value. */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The value; for the one call that needs it, never for a log or a message. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
