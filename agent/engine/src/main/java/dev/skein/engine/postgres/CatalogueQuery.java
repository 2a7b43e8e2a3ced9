package dev.skein.engine.postgres;

import dev.skein.engine.execution.ProbeResult;
import dev.skein.engine.execution.ProbeResult.State;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.Probe;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The question to the catalogue that a probe stands for.
 *
 * <p>Each query answers rows of {@code state} and {@code name}; what no row at all means depends on
 * the probe.
 *
 * @param sql the query
 * @param absent what no row means
 */
record CatalogueQuery(String sql, State absent) {
    private static final String INDEXES =
            " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                    + " join pg_catalog.pg_index i on i.indexrelid = c.oid";

    /**
     * Where {@link PgStatements#lookup} keeps the schemas in which a step's names are looked for.
     */
    static final String PATH_SETTING = "skein.path";

    private static final String PATH =
            "pg_catalog.current_setting('" + PATH_SETTING + "')::pg_catalog.name[]";

    private static final Writer WRITER = new Writer();

    static CatalogueQuery of(Probe probe) {
        return probe.accept(WRITER);
    }

    /** What the rows mean. */
    ProbeResult read(Iterable<Row> rows) {
        List<String> remnants = new ArrayList<>();
        State state = absent;
        for (Row row : rows) {
            state = State.valueOf(row.getString("state"));
            if (state == State.REMNANT) {
                remnants.add(row.getString("name"));
            }
        }
        return new ProbeResult(state, remnants);
    }

    /** A schema's name, or its place in the search path. */
    private static String in(Optional<String> schema, String namespace) {
        return schema.map(name -> namespace + ".nspname = " + SqlText.literal(name))
                .orElse(namespace + ".nspname = any (" + PATH + ")");
    }

    private static String nearest(String namespace) {
        return " order by pg_catalog.array_position("
                + PATH
                + ", "
                + namespace
                + ".nspname) limit 1";
    }

    private static final class Writer implements Probe.Visitor<CatalogueQuery> {
        @Override
        public CatalogueQuery on(Probe.IndexCreated probe) {
            return new CatalogueQuery(
                    "select case when i.indisvalid and i.indisready and i.indislive then 'DONE'"
                            + " else 'REMNANT' end as state,"
                            + " pg_catalog.format('%I.%I', n.nspname, c.relname) as name"
                            + INDEXES
                            + " join pg_catalog.pg_class t on t.oid = i.indrelid where c.relname = "
                            + SqlText.literal(probe.index())
                            + " and t.relname = "
                            + SqlText.literal(probe.table())
                            + " and "
                            + in(probe.schema(), "n")
                            + nearest("n"),
                    State.NOT_DONE);
        }

        @Override
        public CatalogueQuery on(Probe.IndexDropped probe) {
            return new CatalogueQuery(
                    "select 'NOT_DONE' as state, c.relname as name"
                            + INDEXES
                            + " where c.relname = "
                            + SqlText.literal(probe.index())
                            + " and "
                            + in(probe.schema(), "n")
                            + nearest("n"),
                    State.DONE);
        }

        @Override
        public CatalogueQuery on(Probe.IndexRebuilt probe) {
            String relation =
                    "(select r.oid from pg_catalog.pg_class r join pg_catalog.pg_namespace s"
                            + " on s.oid = r.relnamespace where r.relname = "
                            + SqlText.literal(probe.relation())
                            + " and "
                            + in(probe.schema(), "s")
                            + nearest("s")
                            + ")";
            return new CatalogueQuery(
                    "with named as (select "
                            + relation
                            + " as oid), owner as (select coalesce((select x.indrelid from"
                            + " pg_catalog.pg_index x where x.indexrelid = named.oid), named.oid)"
                            + " as oid from named) select 'REMNANT' as state,"
                            + " pg_catalog.format('%I.%I', n.nspname, c.relname) as name"
                            + INDEXES
                            + " where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'"
                            + " and i.indrelid in (select o.oid from owner o union all select"
                            + " t.reltoastrelid from owner o join pg_catalog.pg_class t"
                            + " on t.oid = o.oid)",
                    State.NOT_DONE);
        }

        @Override
        public CatalogueQuery on(Probe.PartitionDetached probe) {
            // PostgreSQL 13 has no such column yet, so the row is asked by the column's name.
            return new CatalogueQuery(
                    "select case when (pg_catalog.to_jsonb(h) ->> 'inhdetachpending')::boolean"
                            + " then 'DETACH_PENDING' else 'NOT_DONE' end as state,"
                            + " c.relname as name from pg_catalog.pg_inherits h"
                            + " join pg_catalog.pg_class c on c.oid = h.inhrelid"
                            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                            + " join pg_catalog.pg_class p on p.oid = h.inhparent"
                            + " join pg_catalog.pg_namespace m on m.oid = p.relnamespace"
                            + " where c.relname = "
                            + SqlText.literal(probe.partition())
                            + " and p.relname = "
                            + SqlText.literal(probe.parent())
                            + " and "
                            + in(probe.partitionSchema(), "n")
                            + " and "
                            + in(probe.parentSchema(), "m"),
                    State.DONE);
        }

        @Override
        public CatalogueQuery on(Probe.Harmless probe) {
            throw new IllegalArgumentException("nothing to ask: the statement may run again");
        }

        @Override
        public CatalogueQuery on(Probe.Undecidable probe) {
            throw new IllegalArgumentException("nothing to ask: the catalogue does not tell");
        }
    }
}
