package dev.skein.engine.execution;

import java.util.Optional;

/**
 * Where the statements of an execution run.
 *
 * @param schema in which unqualified names are created; absent if none of the search path exists
 * @param user the role that the agent connects as
 */
public record SessionContext(Optional<String> schema, String user) {
    /** Nothing is known. */
    static final SessionContext UNKNOWN = new SessionContext(Optional.empty(), "");
}
