package dev.skein.ops.source.flyway;

/** Names of Flyway's own classes, as class files write them. */
final class FlywayTypes {
    static final String MIGRATION = "org/flywaydb/core/api/migration/JavaMigration";
    static final String BASE = "org/flywaydb/core/api/migration/BaseJavaMigration";
    static final String VERSION = "org/flywaydb/core/api/MigrationVersion";

    private FlywayTypes() {}
}
