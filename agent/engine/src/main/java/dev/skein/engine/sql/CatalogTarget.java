package dev.skein.engine.sql;

import java.util.Objects;
import java.util.Optional;

/**
 * What a statement about an index or a partition leaves in the catalogue, or takes from it.
 *
 * @param index present for every statement that names one; that of {@code create index} has the
 *     schema of its table, where PostgreSQL puts it
 * @param table the indexed table, the table to reindex, or the parent of the partition; absent
 *     where the statement names only an index
 * @param partition the partition that is detached
 * @param ifExists whether the statement says {@code if exists}
 * @param ifNotExists whether the statement says {@code if not exists}
 */
public record CatalogTarget(
        Optional<ObjectName> index,
        Optional<ObjectName> table,
        Optional<ObjectName> partition,
        boolean ifExists,
        boolean ifNotExists) {
    public CatalogTarget {
        Objects.requireNonNull(index, "index");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(partition, "partition");
    }

    static CatalogTarget created(ObjectName index, ObjectName table, boolean ifNotExists) {
        return new CatalogTarget(
                Optional.of(index), Optional.of(table), Optional.empty(), false, ifNotExists);
    }

    static CatalogTarget ofIndex(ObjectName index, boolean ifExists) {
        return new CatalogTarget(
                Optional.of(index), Optional.empty(), Optional.empty(), ifExists, false);
    }

    static CatalogTarget ofTable(ObjectName table) {
        return new CatalogTarget(
                Optional.empty(), Optional.of(table), Optional.empty(), false, false);
    }

    static CatalogTarget detached(ObjectName parent, ObjectName partition, boolean ifExists) {
        return new CatalogTarget(
                Optional.empty(), Optional.of(parent), Optional.of(partition), ifExists, false);
    }
}
