package dev.skein.ops.downs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes back what a migration renamed: a difference of schemas would drop it and make another. */
final class Renames {
    private Renames() {}

    /** The statements, in an order in which each names its object as it is called by then. */
    static List<String> back(Catalogue before, Catalogue after) {
        List<String> statements = new ArrayList<>();
        for (Map.Entry<Identity, Named> each : after.names().entrySet()) {
            Named old = before.names().get(each.getKey());
            Named now = each.getValue();
            if (old != null && !old.name().equals(now.name())) {
                statements.add(statement(each.getKey().kind(), now, old));
            }
        }
        return statements;
    }

    private static String statement(Identity.Kind kind, Named now, Named old) {
        return switch (kind) {
            case LABEL ->
                    "ALTER TYPE %s RENAME VALUE %s TO %s"
                            .formatted(now.owner(), literal(now.name()), literal(old.name()));
            case COLUMN, CONSTRAINT ->
                    "ALTER TABLE %s RENAME %s %s TO %s"
                            .formatted(now.owner(), upper(kind), now.quoted(), old.quoted());
            case INDEX, SEQUENCE, VIEW, MATERIALIZED_VIEW, TABLE, TYPE ->
                    "ALTER %s %s RENAME TO %s"
                            .formatted(upper(kind), now.qualified(), old.quoted());
        };
    }

    private static String upper(Identity.Kind kind) {
        return kind.words().toUpperCase(Locale.ROOT);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
