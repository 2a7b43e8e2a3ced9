package dev.skein.engine.postgres.ledger;

import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.LogId;
import java.util.Optional;

/**
 * The statements about where a target's ledger belongs: to which log, and in which database it was
 * written. Immutable.
 *
 * <p>A database is known by its cluster's system identifier, its oid and its name: a copy, or one
 * that was dumped and restored, differs in at least one of them. What the role may not read is left
 * out.
 */
final class OriginSql {
    private static final String SETTING = "'skein.cluster'";

    /**
     * Asks for the cluster's identifier; a function that may be denied stops no query like this.
     */
    private static final String CLUSTER =
            "do "
                    + SqlText.literal(
                            "begin perform pg_catalog.set_config("
                                    + SETTING
                                    + ", (select s.system_identifier::pg_catalog.text from"
                                    + " pg_catalog.pg_control_system() s), true); exception when"
                                    + " insufficient_privilege then perform"
                                    + " pg_catalog.set_config("
                                    + SETTING
                                    + ", '', true); end")
                    + ";";

    private static final String SYSTEM =
            "nullif(pg_catalog.current_setting(" + SETTING + ", true), '')";
    private static final String OID =
            "(select d.oid::bigint from pg_catalog.pg_database d"
                    + " where d.datname = pg_catalog.current_database())";
    private static final String NAME = "pg_catalog.current_database()::text";

    /** A statement of PL/pgSQL. It takes no lock that an execution under way holds. */
    static final String CREATION =
            " create table skein.origin (target text primary key, log text,"
                    + " system text, database_oid bigint, database_name text);";

    private final String id;
    private final String schema;

    OriginSql(Target target) {
        id = SqlText.literal(target.id().toString());
        schema = SqlText.literal(target.scope());
    }

    /** One row: {@code held_log, other_database, empty, accepted}. */
    String survey(boolean there) {
        return CLUSTER
                + "select "
                + (there ? held() : "null::text as held_log, false as other_database")
                + ", "
                + empty()
                + ", (select l.report from skein.ledger l join skein.target t on t.target ="
                + " l.target and t.epoch = l.epoch where l.target = "
                + id
                + " and l.kind = 'accepted' order by l.sequence desc limit 1) as accepted;";
    }

    /** Whether nothing is there but what PostgreSQL, its extensions and Skein made. */
    String empty() {
        return "not exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                + " on n.oid = c.relnamespace where n.nspname not in ('pg_catalog',"
                + " 'information_schema', 'skein') and n.nspname !~ '^pg_' and ("
                + schema
                + " = '' or n.nspname = "
                + schema
                + ") and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and"
                + " d.classid = 'pg_catalog.pg_class'::regclass and d.deptype = 'e')) as empty";
    }

    private String held() {
        String mine = " from skein.origin o where o.target = " + id;
        return "(select o.log"
                + mine
                + ") as held_log, coalesce((select o.system <> "
                + SYSTEM
                + mine
                + "), false) or coalesce((select o.database_oid <> "
                + OID
                + " or o.database_name <> "
                + NAME
                + mine
                + "), false) as other_database";
    }

    /** The target's ledger belongs to this log, and to this database, from now on. */
    String write(Optional<LogId> log) {
        String named = log.map(each -> SqlText.literal(each.value())).orElse("null::text");
        return CLUSTER
                + "update skein.origin set log = coalesce("
                + named
                + ", log), system = "
                + SYSTEM
                + ", database_oid = "
                + OID
                + ", database_name = "
                + NAME
                + " where target = "
                + id
                + "; insert into skein.origin (target, log, system, database_oid, database_name)"
                + " select "
                + String.join(", ", id, named, SYSTEM, OID, NAME)
                + " where not exists (select from skein.origin where target = "
                + id
                + ");"
                + RowCountCheck.in("skein.origin")
                        .exactly(1, "insert or update", "the log", "target = " + id);
    }
}
