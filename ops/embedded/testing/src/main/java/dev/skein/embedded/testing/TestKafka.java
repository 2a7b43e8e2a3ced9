package dev.skein.embedded.testing;

/**
 * A Kafka broker for tests, alone in its cluster. Nothing creates a topic on first use, and a topic
 * forgets nothing unless its own configuration says so. Threads: any.
 */
public interface TestKafka extends AutoCloseable {
    /** What clients take as {@code bootstrap.servers}; does not change over the broker's life. */
    String bootstrapServers();

    /**
     * Starts the broker again after {@link #stop}, on the same port and data, and returns when it
     * takes requests; does nothing if it runs.
     */
    void start();

    /** Stops the broker, keeping port and data for {@link #start()}. */
    void stop();

    /** Stops the broker and deletes its data. */
    @Override
    void close();
}
