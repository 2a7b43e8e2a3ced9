package dev.skein.engine.sql;

import java.util.Objects;
import java.util.Optional;

/**
 * The name of a relation as the catalogue spells it: unquoted parts are in lower case, quoted ones
 * as written without their quotes, each cut to the 63 bytes that PostgreSQL keeps of a name.
 *
 * @param schema absent where the statement leaves it to the search path
 */
public record ObjectName(Optional<String> schema, String name) {
    public ObjectName {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    /** A name to show or to put into SQL, every part quoted. */
    public String quoted() {
        return schema.map(part -> SqlText.qualified(part, name))
                .orElseGet(() -> SqlText.identifier(name));
    }
}
