package dev.skein.ops.rehearse;

import dev.skein.engine.CatalogueRow;
import dev.skein.engine.SchemaReader;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.ObjectChange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The fingerprint of a scratch database, as an agent would take it of a whole database. */
public record SchemaPrint(Fingerprint fingerprint) {
    private static final String COLUMN_ORDER = "column-order ";

    /** The schema as that connection sees it, in its transaction if it is in one. */
    public static SchemaPrint of(Connection connection, SchemaReader reader) throws SQLException {
        List<CatalogueRow> objects = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(reader.preparation());
            try (ResultSet rows = statement.executeQuery(reader.query())) {
                while (rows.next()) {
                    objects.add(new CatalogueRow(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return new SchemaPrint(reader.fingerprint(objects));
    }

    /** Of the whole schema, 64 hexadecimal digits. */
    public String digest() {
        return fingerprint.whole();
    }

    /** The objects that differ in a later one. */
    public List<ObjectChange> changesTo(SchemaPrint later) {
        return Fingerprint.changes(fingerprint, later.fingerprint);
    }

    /** The same, where the order of columns is no difference: no down brings that back. */
    public List<ObjectChange> differencesTo(SchemaPrint other) {
        return changesTo(other).stream()
                .filter(each -> !each.object().startsWith(COLUMN_ORDER))
                .toList();
    }
}
