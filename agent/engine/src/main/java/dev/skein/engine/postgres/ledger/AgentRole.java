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

    /**
     * A declaration of PL/pgSQL: {@code agent}, the oid of that role where nobody can have chosen
     * it for the session, null where the expression has to decide.
     */
    public static final String DECLARATION =
            "agent pg_catalog.oid := case when current_user = session_user"
                    + " then quote_ident(current_user)::regrole::oid end;";

    private AgentRole() {}
}
