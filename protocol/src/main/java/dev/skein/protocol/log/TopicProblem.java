package dev.skein.protocol.log;

/**
 * One thing about a topic that would lose records or mislead their readers.
 *
 * @param topic its name in Kafka
 * @param found which setting or count has which value, what it has to be, and what would happen
 * @param remedy the command that mends it, or what else to do
 */
public record TopicProblem(String topic, String found, String remedy) {
    @Override
    public String toString() {
        return "topic " + topic + ": " + found + "\n    mend it: " + remedy;
    }
}
