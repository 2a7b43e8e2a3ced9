package dev.skein.ops.downs;

import dev.skein.ops.rehearse.SchemaPrint;

/**
 * A scratch database between two migrations.
 *
 * @param print its schema
 * @param names its objects
 * @param labels its enumerations
 * @param triggers its triggers
 * @param unvalidated its constraints that are not validated
 */
record Moment(
        SchemaPrint print,
        Catalogue names,
        EnumChanges labels,
        Triggers triggers,
        Unvalidated unvalidated) {}
