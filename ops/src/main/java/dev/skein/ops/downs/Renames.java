package dev.skein.ops.downs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Undoes the renames of a migration. A difference of schemas would drop the object and create
 * another.
 */
final class Renames {
    private Renames() {}

    /** The statements, ordered so that each uses the name that its object has when it runs. */
    static List<String> back(CatalogueNames before, CatalogueNames after) {
        List<String> statements = new ArrayList<>();
        for (Map.Entry<ObjectIdentity, CatalogueName> each : after.names().entrySet()) {
            CatalogueName old = before.names().get(each.getKey());
            CatalogueName now = each.getValue();
            if (old != null && !old.name().equals(now.name())) {
                statements.add(statement(each.getKey().kind(), now, old));
            }
        }
        return statements;
    }

    private static String statement(
            ObjectIdentity.Kind kind, CatalogueName now, CatalogueName old) {
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

    private static String upper(ObjectIdentity.Kind kind) {
        return kind.words().toUpperCase(Locale.ROOT);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
