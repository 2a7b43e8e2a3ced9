package dev.skein.protocol.id;

import java.util.regex.Pattern;

/** The SHA-256 of a plan's canonical JSON, as 64 lowercase hexadecimal digits. */
public record PlanId(String value) implements Comparable<PlanId> {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT_LENGTH = 12;

    /**
     * @throws IllegalArgumentException if the value is not 64 lowercase hexadecimal digits
     */
    public PlanId {
        if (value == null || !DIGEST.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "plan id '" + value + "' is not 64 lowercase hexadecimal digits");
        }
    }

    /** The first 12 digits: enough for a person to tell plans apart. */
    public String abbreviated() {
        return value.substring(0, SHORT_LENGTH);
    }

    @Override
    public int compareTo(PlanId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
