package dev.skein.agent.postgres;

import dev.skein.agent.step.Reply;

/** Carries a reply that says no through a chain of futures. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply.Failed reply;

    Refused(Reply.Failed reply) {
        super(reply.failure().message(), null, false, false);
        this.reply = reply;
    }

    Reply.Failed reply() {
        return reply;
    }
}
