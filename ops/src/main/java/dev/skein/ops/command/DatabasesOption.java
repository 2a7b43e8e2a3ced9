package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/** The databases that are meant; none where it is not given. */
final class DatabasesOption {
    static final String NAME = "--database";
    static final String LABEL = "ID";
    static final String DESCRIPTION =
            "Only this database, SERVER/DATABASE[/SCHEMA]; may be repeated.";

    @Option(names = NAME, paramLabel = LABEL, description = DESCRIPTION)
    private List<String> databases = List.of();

    List<String> ids() {
        return databases;
    }

    void putInto(ObjectNode body) {
        put(body, databases);
    }

    static void put(ObjectNode body, List<String> databases) {
        if (!databases.isEmpty()) {
            ArrayNode names = body.putArray("databases");
            databases.forEach(names::add);
        }
    }
}
