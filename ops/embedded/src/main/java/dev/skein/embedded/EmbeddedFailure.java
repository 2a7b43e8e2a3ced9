package dev.skein.embedded;

/**
 * An embedded server that could not be started, stopped or used. The message is written for the
 * user: what was attempted, where, and what to do next.
 */
public final class EmbeddedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedFailure(String message) {
        super(message);
    }

    EmbeddedFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The innermost reason, which is where both Java and Kafka put the words that help. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
