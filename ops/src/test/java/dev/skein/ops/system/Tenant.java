package dev.skein.ops.system;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.dump.SchemaDump;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * One tenant's database on the shared server.
 *
 * @param id as Skein names it
 * @param database as PostgreSQL does
 */
record Tenant(String id, String database) {
    /** What every tenant begins with, and the gates of a test. */
    static final String SCHEMA =
            """
            create table customer (id int primary key, email text not null);
            insert into customer select n, 'customer' || n || '@example.com'
                from generate_series(1, 5) as n;
            create table gate (name text primary key);
            create function pass_gate(wanted text) returns void language plpgsql as $$
            begin
                while not exists (select from gate where name = wanted) loop
                    perform pg_sleep(0.02);
                end loop;
            end $$;
            """;

    private static final String AT_GATE =
            "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid() and application_name like 'skein%%'"
                    + " and query like '%%pass_gate(''%s'')%%' and state = 'active'";

    /** Lets pass, from now on, whoever comes to that gate. */
    void openGate(String name) {
        execute("insert into gate values ('" + name + "') on conflict do nothing");
    }

    /** Whether a step waits there. */
    boolean isAtGate(String name) {
        return !text(AT_GATE.formatted(name)).equals("0");
    }

    void awaitAtGate(String name) {
        Until.reached(id + " is at gate " + name, () -> isAtGate(name), at -> at);
    }

    void execute(String sql) {
        TestServers.postgres().execute(database, sql);
    }

    /** The first value of the first row. */
    String text(String sql) {
        try (Connection connection = TestServers.postgres().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new AssertionError(database + " did not answer: " + sql, e);
        }
    }

    /** Its schema as text, without Skein's own and without version tables. */
    String schema() {
        return SchemaDump.of(TestServers.postgres(), database, List.of("flyway_schema_history"));
    }

    /** Whether Skein has ever touched it. */
    boolean hasLedger() {
        return text("select to_regclass('skein.ledger') is not null").equals("t");
    }

    /** All that the ledger holds, for a comparison. */
    String ledger() {
        return hasLedger()
                ? text("select string_agg(l::text, e'\\n' order by position) from skein.ledger l")
                : "absent";
    }

    /** Versions whose last step up is in the ledger, in the order in which they got there. */
    String applied() {
        return hasLedger()
                ? text(
                        "select coalesce(string_agg(migration, ' ' order by position), '') from"
                                + " skein.ledger where kind = 'done' and direction = 'up' and"
                                + " completes")
                : "";
    }

    @Override
    public String toString() {
        return id;
    }
}
