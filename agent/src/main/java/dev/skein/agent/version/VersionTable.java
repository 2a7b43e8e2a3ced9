package dev.skein.agent.version;

import dev.skein.agent.step.VersionChange;
import dev.skein.agent.step.VersionHistory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A framework's own books in one database, as SQL text. Immutable. */
public interface VersionTable {
    /** Key of the session advisory lock that keeps the framework out; absent where it has none. */
    OptionalLong lockKey();

    /** The name of the books in the ledger, so that different books do not mix. */
    String book();

    /** Statements that create the table where it is absent; empty where there is none. */
    String creation();

    /**
     * A query for the rows, oldest first: {@code version, description, type, checksum} as text and
     * {@code success}; absent where there is no table.
     */
    Optional<String> query();

    /** What the rows say; absent where there is no table. */
    Optional<VersionHistory> history(List<VersionRow> rows);

    /** Statements that make the change; empty where there is no table. */
    String change(VersionChange change);
}
