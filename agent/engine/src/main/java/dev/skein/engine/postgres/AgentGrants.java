package dev.skein.engine.postgres;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.Framework;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an agent's role needs and no more, as statements for a database administrator.
 *
 * @param role the agent's
 * @param database a tenant's
 * @param schema where the tenant's tables and the framework's version table are
 * @param owner the role that owns the tables there, of which the agent's becomes a member; absent
 *     where that is the agent's own
 * @param framework whose version table it is
 * @param createsSchema whether the role may create Skein's schema itself; otherwise the
 *     administrator creates it
 */
public record AgentGrants(
        String role,
        String database,
        String schema,
        Optional<String> owner,
        Framework framework,
        boolean createsSchema) {

    /** Once a server. */
    public String ofServer() {
        String name = SqlText.identifier(role);
        return """
        set search_path = pg_catalog, pg_temp;
        do $do$ begin
          if not exists (select from pg_catalog.pg_roles where rolname = %s) then
            create role %s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
          end if;
        end $do$;
        reset search_path;
        """
                .formatted(SqlText.literal(role).strip(), name);
    }

    /** So that reports can say what the sessions of other roles do that hold a lock in its way. */
    public String toNameBlockers() {
        return "grant pg_read_all_stats to %s;\n".formatted(SqlText.identifier(role));
    }

    /** In the tenant's database, as a superuser or its owner. */
    public String ofDatabase() {
        List<String> lines = new ArrayList<>();
        lines.add("-- So that no operator of the tenant's is called with your rights.");
        lines.add("set search_path = pg_catalog, pg_temp;");
        lines.add("-- Skein's own schema, which must belong to the agent's role or a superuser.");
        lines.add(grant("connect", "database " + SqlText.identifier(database)));
        lines.add(
                createsSchema
                        ? grant("create", "database " + SqlText.identifier(database))
                        : "create schema if not exists skein authorization "
                                + SqlText.identifier(role)
                                + ";");
        lines.add("-- What migrations create; since PostgreSQL 15 not everybody may in public.");
        lines.add(grant("usage, create", "schema " + SqlText.identifier(schema)));
        owner.ifPresent(
                each -> {
                    lines.add("-- What migrations change belongs to this role.");
                    lines.add(
                            "grant "
                                    + SqlText.identifier(each)
                                    + " to "
                                    + SqlText.identifier(role)
                                    + ";");
                });
        versionTables().ifPresent(lines::add);
        lines.add("reset search_path;");
        return String.join("\n", lines) + "\n";
    }

    private String grant(String rights, String on) {
        return "grant " + rights + " on " + on + " to " + SqlText.identifier(role) + ";";
    }

    /** Where the framework's tables are there, made by another role. */
    private Optional<String> versionTables() {
        FrameworkRules rules = FrameworkRules.of(framework);
        return rules.versionTable()
                .map(
                        table -> {
                            List<String> tables = new ArrayList<>(List.of(table));
                            tables.addAll(rules.tablesBeside(table));
                            return "-- The tables of "
                                    + framework.label()
                                    + ", where they are there already.\n"
                                    + block(tables);
                        });
    }

    private String block(List<String> tables) {
        String names =
                tables.stream()
                        .map(SqlText::literal)
                        .map(String::strip)
                        .collect(Collectors.joining(", "));
        return """
        do $do$ declare named regclass; begin
          for named in
            select c.oid from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = %1$s and c.relkind = 'r' and c.relname in (%2$s)
          loop
            execute pg_catalog.format(
              'grant select, insert, update, delete on %%s to %3$s', named);
          end loop;
          for named in
            select d.objid from pg_catalog.pg_depend d
            join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
            join pg_catalog.pg_class c on c.oid = d.refobjid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where d.classid = 'pg_catalog.pg_class'::regclass
              and d.refclassid = 'pg_catalog.pg_class'::regclass
              and n.nspname = %1$s and c.relname in (%2$s)
          loop
            execute pg_catalog.format('grant usage on sequence %%s to %3$s', named);
          end loop;
        end $do$;\
        """
                .formatted(
                        SqlText.literal(schema).strip(),
                        names,
                        SqlText.identifier(role).replace("'", "''").replace("%", "%%"));
    }
}
