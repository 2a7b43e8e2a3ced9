package dev.skein.engine;

import dev.skein.protocol.plan.Fingerprint;
import java.util.Collection;
import java.util.List;

/**
 * Reads the objects of a schema with their definitions, for a caller with a session of its own. The
 * framework's own tables are left out.
 */
public interface SchemaReader {
    /** Sent before the query in the same session; it changes the search path. */
    String preparation();

    /** One statement that selects two text columns, {@code object} and {@code definition}. */
    String query();

    /** The fingerprint of the rows that the query selected, in any order. */
    Fingerprint fingerprint(Collection<CatalogueRow> rows);

    /** Names of the framework's own tables. */
    List<String> frameworkTables();
}
