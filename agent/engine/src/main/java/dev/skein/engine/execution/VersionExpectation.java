package dev.skein.engine.execution;

import dev.skein.protocol.plan.Migration;

/**
 * What a step takes for granted of its migration in the version table, when it begins.
 *
 * @param applied whether the table says that the migration is in the database
 */
public record VersionExpectation(Migration migration, boolean applied) {}
