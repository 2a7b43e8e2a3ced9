package dev.skein.protocol.id;

/** The name of one rollout, such as {@code r-20260102-1504-7f3a}. */
public record RolloutId(String value) implements Comparable<RolloutId> {
    /**
     * @throws IllegalArgumentException if the value is not a name of 1 to 100 letters, digits, '.',
     *     '_' or '-'
     */
    public RolloutId {
        NameRule.require("rollout", value);
    }

    @Override
    public int compareTo(RolloutId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
