package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;

/** Carries a refusing reply through a chain of futures. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply.Failed reply;

    RefusedException(Reply.Failed reply) {
        super(reply.failure().message(), null, false, false);
        this.reply = reply;
    }

    Reply.Failed reply() {
        return reply;
    }
}
