package dev.skein.ops.system;

/**
 * Where a migration of a test waits in one database: for as long as there is a table of that name,
 * which no scratch database has.
 */
record MigrationGate(Tenant tenant) {
    /** What a migration executes to pass. */
    static final String PASS =
            "do $$ begin while exists (select from pg_tables where tablename = 'closed') loop"
                    + " perform pg_sleep(0.02); end loop; end $$";

    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and pid <>"
                    + " pg_backend_pid() and state = 'active' and query like '%%tablename ="
                    + " ''closed''%%' and application_name %s 'skein/%%'";

    MigrationGate close() {
        tenant.execute("create table closed ()");
        return this;
    }

    void open() {
        tenant.execute("drop table closed");
    }

    void awaitAgent() {
        await("an agent", "like");
    }

    void awaitPerson() {
        await("a person's run", "not like");
    }

    private void await(String who, String like) {
        Until.reached(
                who + " waits at the gate of " + tenant,
                () -> tenant.text(WAITING.formatted(like)),
                count -> !count.equals("0"));
    }
}
