package dev.skein.engine.execution;

import dev.skein.protocol.plan.Migration;

/**
 * What a step expects the version table to say of its migration when the step begins.
 *
 * @param applied whether the table says that the migration is in the database
 */
public record VersionExpectation(Migration migration, boolean applied) {}
