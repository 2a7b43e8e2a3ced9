package dev.skein.protocol.id;

/** The name an agent's configuration gives it; unique in the fleet. */
public record AgentId(String value) implements Comparable<AgentId> {
    /**
     * @throws IllegalArgumentException if the value is not a name of 1 to 100 letters, digits, '.',
     *     '_' or '-'
     */
    public AgentId {
        NameRule.require("agent", value);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
