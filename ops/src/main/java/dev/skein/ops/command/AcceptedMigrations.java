package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Migrations without a down that a person accepts on the way back. */
final class AcceptedMigrations {
    private AcceptedMigrations() {}

    static void put(ObjectNode body, List<String> migrations) {
        if (!migrations.isEmpty()) {
            ArrayNode names = body.putArray("acceptIrreversible");
            migrations.forEach(names::add);
        }
    }
}
