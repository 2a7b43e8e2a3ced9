package dev.skein.engine.postgres;

import dev.skein.protocol.event.FailedStatement;
import java.util.Optional;

/** A failure together with the statement of the team's that failed. */
final class FailedInScript extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<FailedStatement> statement;

    FailedInScript(Throwable cause, Optional<FailedStatement> statement) {
        super(null, cause, false, false);
        this.statement = statement;
    }

    Optional<FailedStatement> statement() {
        return statement;
    }
}
