package dev.skein.ops.dump;

import dev.skein.embedded.testing.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pgcodekeeper.core.PgDiff;
import org.pgcodekeeper.core.ignorelist.IgnoreList;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.ignorelist.IgnoredObject;
import org.pgcodekeeper.core.loader.LoaderFactory;
import org.pgcodekeeper.core.model.difftree.DiffTree;
import org.pgcodekeeper.core.model.difftree.TreeElement;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.schema.pg.PgDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

/**
 * The whole schema of a database as text: two databases with one schema give equal texts.
 *
 * <p>First the statements that would create it, sorted, as {@code pg_dump --schema-only} gives
 * them: tables with their columns in order, constraints, indexes, views, functions, triggers,
 * types, sequences, policies, partitions, extensions, comments, owners and grants. Then what no
 * statement tells: the indexes that are not valid. Skein's own schema is left out; the rows of
 * tables are no schema.
 *
 * <p>Threads: any.
 */
public final class SchemaDump {
    private static final String OWN_SCHEMA = "skein";

    /** What a broken {@code create index concurrently} leaves, which looks whole otherwise. */
    private static final String BROKEN_INDEXES =
            "select indexrelid::regclass::text, indisvalid, indisready, indislive"
                    + " from pg_catalog.pg_index"
                    + " where not (indisvalid and indisready and indislive) order by 1";

    private SchemaDump() {}

    /** The schema of that database, by its name. */
    public static String of(TestPostgres server, String database) {
        return of(server, database, List.of());
    }

    /**
     * The schema of that database, by its name.
     *
     * @param withoutTables names of tables that are left out, such as a version table that only one
     *     of two databases has
     */
    public static String of(TestPostgres server, String database, List<String> withoutTables) {
        return statements(server, database, withoutTables) + brokenIndexes(server, database);
    }

    private static String statements(
            TestPostgres server, String database, List<String> withoutTables) {
        CoreSettings settings = new CoreSettings();
        try {
            AbstractDatabase nothing = new PgDatabase();
            AbstractDatabase whole =
                    LoaderFactory.createJdbcLoader(settings, url(server, database), schemas())
                            .loadAndAnalyze();
            TreeElement tree = DiffTree.create(settings, nothing, whole);
            tree.setAllChecked();
            IgnoreList left = new IgnoreList();
            withoutTables.forEach(table -> left.add(hidden(table)));
            return sorted(new PgDiff(settings).diff(tree, nothing, whole, null, null, left));
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "the schema of " + database + " is unreadable", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The statements' order follows that of rows in the catalogue, which is no schema either. */
    private static String sorted(String statements) {
        return Stream.of(statements.strip().split("\n\n"))
                .sorted()
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String url(TestPostgres server, String database) {
        return server.jdbcUrl(database)
                + "?user=%s&password=none".formatted(TestPostgres.SUPERUSER);
    }

    private static IgnoreSchemaList schemas() {
        IgnoreSchemaList all = new IgnoreSchemaList();
        all.add(hidden(OWN_SCHEMA));
        return all;
    }

    private static IgnoredObject hidden(String name) {
        IgnoredObject object = new IgnoredObject(name, false, false, false, Set.of());
        object.setShow(false);
        object.setIgnoreContent(true);
        return object;
    }

    private static String brokenIndexes(TestPostgres server, String database) {
        StringBuilder text = new StringBuilder();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BROKEN_INDEXES)) {
            while (rows.next()) {
                text.append("-- index ").append(rows.getString(1));
                text.append(" valid ").append(rows.getBoolean(2));
                text.append(" ready ").append(rows.getBoolean(3));
                text.append(" live ").append(rows.getBoolean(4)).append('\n');
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "the indexes of " + database + " are unreadable", failure);
        }
        return text.toString();
    }
}
