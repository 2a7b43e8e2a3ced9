package dev.skein.engine.postgres;

import dev.skein.protocol.plan.Migration;

/** Version tables as the frameworks themselves create and fill them, and Skein never came by. */
final class ForeignHistory {
    static final Migration[] ONE_TO_THREE = {
        Plans.oneWay("1", "create table one (n int)"),
        Plans.oneWay("2", "create table two (n int)"),
        Plans.oneWay("3", "create table three (n int)")
    };

    static final String PRISMA_TABLE =
            "create table _prisma_migrations (id varchar(36) primary key not null,"
                    + " checksum varchar(64) not null, finished_at timestamptz,"
                    + " migration_name varchar(255) not null, logs text,"
                    + " rolled_back_at timestamptz, started_at timestamptz not null default now(),"
                    + " applied_steps_count integer not null default 0);";

    private ForeignHistory() {}

    static String alembic(String... heads) {
        StringBuilder sql =
                new StringBuilder(
                        "create table alembic_version (version_num varchar(32) not null, constraint"
                                + " alembic_version_pkc primary key (version_num));");
        for (String head : heads) {
            sql.append("insert into alembic_version values ('").append(head).append("');");
        }
        return sql.toString();
    }

    /** The checksum that {@link Plans} gives a migration. */
    static String sumOf(String version) {
        return Plans.oneWay(version, "").checksum().orElseThrow();
    }

    static String prisma(String name, String checksum, String finished, String rolledBack) {
        return "insert into _prisma_migrations (id, checksum, migration_name, finished_at,"
                + " rolled_back_at) values (gen_random_uuid(), '"
                + checksum
                + "', '"
                + name
                + "', "
                + finished
                + ", "
                + rolledBack
                + ");";
    }

    static String knex(int locked, String... names) {
        StringBuilder sql =
                new StringBuilder(
                        "create table knex_migrations (id serial primary key, name varchar(255),"
                            + " batch integer, migration_time timestamptz); create table"
                            + " knex_migrations_lock (index serial primary key, is_locked integer);"
                            + " insert into knex_migrations_lock (is_locked) values ("
                                + locked
                                + ");");
        for (String name : names) {
            sql.append("insert into knex_migrations (name, batch, migration_time) values ('")
                    .append(name)
                    .append("', 1, now());");
        }
        return sql.toString();
    }
}
