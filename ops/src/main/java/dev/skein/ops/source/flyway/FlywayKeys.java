package dev.skein.ops.source.flyway;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of each setting of a configuration, by its key. */
final class FlywayKeys {
    /** Settings that a plan carries. */
    static final Set<String> CARRIED =
            keys(
                    "baselineMigrationPrefix",
                    "callbackLocations",
                    "createSchemas",
                    "defaultSchema",
                    "encoding",
                    "environment",
                    "executeInTransaction",
                    "locations",
                    "mixed",
                    "outOfOrder",
                    "placeholderPrefix",
                    "placeholderReplacement",
                    "placeholderSeparator",
                    "placeholderSuffix",
                    "repeatableSqlMigrationPrefix",
                    "schemas",
                    "skipDefaultCallbacks",
                    "sqlMigrationPrefix",
                    "sqlMigrationSeparator",
                    "sqlMigrationSuffixes",
                    "table",
                    "undoSqlMigrationPrefix",
                    "validateMigrationNaming");

    /**
     * Settings that change nothing in a database that {@code migrate} leaves behind: of the
     * connection, of what Flyway prints, of other commands, of scripts that are no SQL. A location
     * that is missing is always refused.
     */
    static final Set<String> HARMLESS =
            keys(
                    "baselineDescription",
                    "baselineVersion",
                    "batch",
                    "cleanDisabled",
                    "communityDBSupportEnabled",
                    "configFileEncoding",
                    "configFiles",
                    "configurations",
                    "connectRetries",
                    "connectRetriesInterval",
                    "driver",
                    "email",
                    "environmentProvisionMode",
                    "failOnMissingLocations",
                    "kerberosConfigFile",
                    "licenseKey",
                    "lockRetryCount",
                    "loggers",
                    "offlinePermitPath",
                    "outputLogsInJson",
                    "outputProgress",
                    "outputQueryResults",
                    "outputType",
                    "password",
                    "powershellExecutable",
                    "publishResult",
                    "reportEnabled",
                    "reportFilename",
                    "scriptPlaceholderPrefix",
                    "scriptPlaceholderSuffix",
                    "stream",
                    "token",
                    "url",
                    "user",
                    "workingDirectory");

    /** Families of settings: placeholders are carried, and the others are as harmless. */
    static final List<String> FAMILIES =
            List.of(
                    "placeholders.",
                    "check.",
                    "clean.",
                    "jdbcProperties.",
                    "oracle.",
                    "plugins.",
                    "postgresql.",
                    "sqlserver.");

    private FlywayKeys() {}

    private static Set<String> keys(String... names) {
        return Collections.unmodifiableSet(new TreeSet<>(List.of(names)));
    }

    /** Whether it is a setting at all. */
    static boolean isKnown(String key) {
        return CARRIED.contains(key)
                || HARMLESS.contains(key)
                || FlywayEffects.names().contains(key)
                || FAMILIES.stream().anyMatch(key::startsWith);
    }
}
