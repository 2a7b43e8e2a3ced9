package dev.skein.engine.postgres.catalogue;

import dev.skein.engine.sql.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query that lists the objects of a schema with their definitions, for PostgreSQL 13 and later.
 *
 * <p>Members of extensions are left out, because the extension stands for them, and so are the
 * functions that come with a range type; so are owners and grants, and constraints that only repeat
 * that a column is required.
 */
public final class Catalogue {
    /**
     * Sent ahead of the query, in the same session: with this search path all names come out
     * qualified. The statements of a session that goes on must set it back.
     */
    public static final String PREPARATION = "set search_path = pg_catalog, pg_temp; set jit = off";

    private static final String WHOLE =
            "n.nspname not in ('skein', 'information_schema') and n.nspname not like 'pg\\_%'";

    private Catalogue() {}

    /** One statement that selects text columns {@code object} and {@code definition}. */
    public static String query(CatalogueScope scope) {
        Stream<String> parts =
                Stream.of(
                                RelationParts.ALL,
                                DependentParts.ALL,
                                RoutineParts.ALL,
                                TypeParts.ALL,
                                scope.schema().isPresent() ? List.<String>of() : DatabaseParts.ALL)
                        .flatMap(List::stream);
        return head(scope) + parts.collect(Collectors.joining("\nunion all\n"));
    }

    private static String head(CatalogueScope scope) {
        String schemas =
                scope.schema().map(name -> "n.nspname = " + SqlText.literal(name)).orElse(WHOLE);
        return """
        with space as materialized (
          select n.oid, n.nspname from pg_namespace n where %s),
        framework_table as materialized (
          select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p') and %s),
        member as materialized (
          select d.classid, d.objid from pg_depend d where d.deptype = 'e'
            or d.deptype = 'i' and d.classid in ('pg_proc'::regclass, 'pg_cast'::regclass)),
        rel as materialized (
          select c.oid, c.relkind, c.relpersistence, c.relam, c.reloptions, c.relpartbound,
            c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reloftype,
            c.relispopulated, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as named
          from pg_class c join space n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
            and c.oid not in (select b.oid from framework_table b)
            and c.oid not in
              (select m.objid from member m where m.classid = 'pg_class'::regclass))
        """
                .formatted(schemas, versionTables(scope));
    }

    private static String versionTables(CatalogueScope scope) {
        String tables =
                scope.versionTables().stream()
                        .map(SqlText::literal)
                        .collect(Collectors.joining(", "));
        String named = tables.isEmpty() ? "false" : "c.relname in (" + tables + ")";
        return scope.versionTableSchema()
                .map(schema -> named + " and n.nspname = " + SqlText.literal(schema))
                .orElse(named);
    }
}
