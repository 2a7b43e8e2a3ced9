package dev.skein.agent.order;

/** An order that is not what the rollout in the log says; it is reported and never run. */
final class OrderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code stable, for programs
     * @param message what differs, and what to do next
     */
    OrderRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
