package dev.skein.protocol.id;

/**
 * The identity of a log: made once, by its first leader. Epochs and sequences compare only within
 * one log.
 */
public record LogId(String value) implements Comparable<LogId> {
    /**
     * @throws IllegalArgumentException if it is not a name
     */
    public LogId {
        NameRule.require("log", value);
    }

    @Override
    public int compareTo(LogId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
