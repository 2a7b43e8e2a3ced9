package dev.skein.agent.order;

/**
 * Receives faults: a mistake in Skein or a damaged log. The implementation stops the process,
 * because continuing could only make it worse. Called on any thread.
 */
@FunctionalInterface
public interface FaultHandler {
    /**
     * A fault happened.
     *
     * @param attempted what was attempted, on which object, for the message
     */
    void fault(String attempted, Throwable cause);
}
