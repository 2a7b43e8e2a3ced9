package dev.skein.ops.downs;

import dev.skein.ops.rehearse.SchemaPrint;

/**
 * The schema of a scratch database between two migrations.
 *
 * @param print its schema
 * @param names its objects
 * @param labels its enumerations
 * @param triggers its triggers
 * @param unvalidated its constraints that are not validated
 */
record SchemaSnapshot(
        SchemaPrint print,
        CatalogueNames names,
        EnumChanges labels,
        TriggerDefinitions triggers,
        UnvalidatedConstraints unvalidated) {}
