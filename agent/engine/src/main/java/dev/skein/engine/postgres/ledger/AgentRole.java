package dev.skein.engine.postgres.ledger;

/**
 * The role whose objects Skein trusts in a database, beside superusers' own: the current one,
 * unless the database's owner chose that with {@code alter database … set role}.
 */
public final class AgentRole {
    /** A common table expression {@code agent} with a column {@code name}. */
    public static final String EXPRESSION =
            """
            agent as (
              select case when exists (
                select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
                join pg_roles o on o.oid = d.datdba, unnest(s.setconfig) c
                where d.datname = current_database() and s.setrole = 0 and c like 'role=%'
                  and not o.rolsuper and o.rolname <> session_user)
              then session_user else current_user end as name)\
            """;

    private AgentRole() {}
}
