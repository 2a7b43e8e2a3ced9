package dev.skein.ops.source;

import dev.skein.engine.sql.CatalogTarget;
import dev.skein.engine.sql.ObjectName;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.Probe;
import java.util.Optional;

/** Chooses how the catalogue tells whether a non-transactional statement took effect. */
public final class Probes {
    private Probes() {}

    public static Probe of(SqlStatement statement) {
        return switch (statement.kind()) {
            // "if not exists" takes an invalid index that an older attempt left behind for success;
            // this probe asks for a valid one, whatever the statement answered.
            case CREATE_INDEX ->
                    // Without a target the server chose the name, so there is none to look for.
                    statement.target().map(Probes::indexCreated).orElseGet(Probe.Undecidable::new);
            case DROP_INDEX -> indexDropped(target(statement));
            case REINDEX_INDEX, REINDEX_TABLE -> rebuilt(target(statement));
            case DETACH_PARTITION -> detached(target(statement));
            case REINDEX_MANY, VACUUM, CLUSTER, DISCARD, SYSTEM -> new Probe.Harmless();
            case DATABASE, TABLESPACE, SUBSCRIPTION -> new Probe.Undecidable();
            case BEGIN, COMMIT, ROLLBACK, SAVEPOINT, TWO_PHASE, SET_TRANSACTION, SETTING, OTHER ->
                    throw new IllegalArgumentException(
                            "no step outside of a transaction: " + statement.text());
        };
    }

    private static CatalogTarget target(SqlStatement statement) {
        return statement
                .target()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "names nothing in the catalogue: " + statement.text()));
    }

    private static Probe indexCreated(CatalogTarget target) {
        ObjectName index = target.index().orElseThrow();
        String table = target.table().orElseThrow().name();
        return new Probe.IndexCreated(index.schema(), table, index.name());
    }

    private static Probe indexDropped(CatalogTarget target) {
        ObjectName index = target.index().orElseThrow();
        return new Probe.IndexDropped(index.schema(), index.name());
    }

    private static Probe rebuilt(CatalogTarget target) {
        Optional<ObjectName> relation = target.index().or(target::table);
        return relation.map(name -> new Probe.IndexRebuilt(name.schema(), name.name()))
                .orElseThrow();
    }

    private static Probe detached(CatalogTarget target) {
        ObjectName parent = target.table().orElseThrow();
        ObjectName partition = target.partition().orElseThrow();
        return new Probe.PartitionDetached(
                parent.schema(), parent.name(), partition.schema(), partition.name());
    }
}
