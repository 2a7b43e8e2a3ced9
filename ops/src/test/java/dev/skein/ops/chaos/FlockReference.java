package dev.skein.ops.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a database of the flock has to be like at each version, from one migrated by JDBC. */
final class FlockReference {
    /** Tables with their columns, indexes with their health, and how many visits are counted. */
    private static final String LOOK =
            """
            select string_agg(line, e'\\n' order by line) from (
              select 'column ' || c.relname || '.' || a.attname || ' '
                  || format_type(a.atttypid, a.atttypmod) as line
                from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                  and a.attnum > 0 and not a.attisdropped
                  and c.relname <> 'flyway_schema_history'
              union all
              select 'index ' || x.relname || ' ' || i.indisvalid || ' ' || i.indisready
                from pg_index i join pg_class x on x.oid = i.indexrelid
                join pg_class c on c.oid = i.indrelid
                where x.relnamespace = 'public'::regnamespace
                  and c.relname <> 'flyway_schema_history'
              union all
              select 'visits ' || visits from counter
              union all
              select 'elsewhere ' || relname from pg_class
                where relname ~ '^([ti]_[0-9]+|counter|trace|flyway_schema_history)$'
                  and relnamespace <> 'public'::regnamespace
            ) as lines
            """;

    private final Flock flock;
    private final List<String> looks = new ArrayList<>();

    FlockReference(Flock flock) {
        this.flock = flock;
        looks.add(look(flock.reference()));
    }

    /** Migrates the reference so far. */
    void growTo(int version) {
        while (looks.size() <= version) {
            apply(FlockMigrations.up(looks.size()));
            looks.add(look(flock.reference()));
        }
    }

    private void apply(String script) {
        for (String statement : script.split(";")) {
            flock.server().execute(flock.reference(), statement);
        }
    }

    /** What a database looks like that has the first so many migrations. */
    String at(int version) {
        return looks.get(version);
    }

    /** What that database looks like. */
    String look(String database) {
        return strings(database, LOOK).get(0);
    }

    /** The first column of what a query selects. */
    List<String> strings(String database, String query) {
        try (Connection connection = flock.server().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new AssertionError(database + ": " + query, failure);
        }
    }
}
