package dev.skein.agent.order;

/**
 * Told of what can never be: a mistake in Skein or a damaged log. Whoever implements it sees to it
 * that the process stops, because going on could only make it worse. Called on any thread.
 */
@FunctionalInterface
public interface FaultHandler {
    /**
     * Something that cannot happen happened.
     *
     * @param attempted what was attempted, on which object, for the message
     */
    void fault(String attempted, Throwable cause);
}
