package dev.skein.ops.source.flyway;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is set for a whole project.
 *
 * @param naming of the files
 * @param syntax of placeholders
 * @param placeholders with the same value in every database
 * @param encoding of the scripts
 * @param table the version table, without its schema
 * @param defaultSchema in which unqualified names are created; absent where the connection decides
 * @param schemas those that are created where they are missing, the default one among them
 * @param createSchemas whether those that are missing are created
 * @param outOfOrder whether gaps are filled
 * @param transactions how scripts and transactions get on
 * @param callbacks whether SQL callbacks are run
 * @param strictNames whether files whose names look meant and are not are forbidden
 * @param environment name of the environment
 */
record FlywaySettings(
        FlywayNaming naming,
        Syntax syntax,
        Map<String, String> placeholders,
        Charset encoding,
        String table,
        Optional<String> defaultSchema,
        List<String> schemas,
        boolean createSchemas,
        boolean outOfOrder,
        Transactions transactions,
        boolean callbacks,
        boolean strictNames,
        String environment) {
    static final String DEFAULT_ENVIRONMENT = "default";
    private static final String DEFAULT_TABLE = "flyway_schema_history";

    /**
     * What placeholders look like.
     *
     * @param replaced whether they are replaced at all
     * @param separator between {@code flyway} and the names of those that Flyway knows itself
     */
    record Syntax(boolean replaced, String prefix, String suffix, String separator) {}

    /**
     * How scripts and transactions go together.
     *
     * @param mixed whether a script may hold statements of both kinds
     * @param inTransaction whether scripts run in a transaction, where they do not say otherwise
     */
    record Transactions(boolean mixed, boolean inTransaction) {}

    FlywaySettings {
        schemas = List.copyOf(schemas);
    }

    /**
     * The settings of a configuration.
     *
     * @throws IllegalArgumentException if it names an encoding that nobody knows
     */
    static FlywaySettings of(FlywayConfig config) {
        return new FlywaySettings(
                naming(config),
                new Syntax(
                        config.is("placeholderReplacement", true),
                        config.text("placeholderPrefix").orElse("${"),
                        config.text("placeholderSuffix").orElse("}"),
                        config.text("placeholderSeparator").orElse(":")),
                config.placeholders(),
                config.text("encoding").map(Charset::forName).orElse(StandardCharsets.UTF_8),
                config.text("table").orElse(DEFAULT_TABLE),
                config.text("defaultSchema").or(() -> config.list("schemas").stream().findFirst()),
                schemas(config),
                config.is("createSchemas", true),
                config.is("outOfOrder", false),
                new Transactions(
                        config.is("mixed", false), config.is("executeInTransaction", true)),
                !config.is("skipDefaultCallbacks", false),
                config.is("validateMigrationNaming", false),
                config.text("environment").orElse(DEFAULT_ENVIRONMENT));
    }

    private static FlywayNaming naming(FlywayConfig config) {
        FlywayNaming normal = FlywayNaming.DEFAULT;
        List<String> suffixes = config.list("sqlMigrationSuffixes");
        return new FlywayNaming(
                config.get("sqlMigrationPrefix").map(String::strip).orElse(normal.versioned()),
                config.text("repeatableSqlMigrationPrefix").orElse(normal.repeatable()),
                config.text("baselineMigrationPrefix").orElse(normal.baseline()),
                config.text("undoSqlMigrationPrefix").orElse(normal.undo()),
                config.text("sqlMigrationSeparator").orElse(normal.separator()),
                suffixes.isEmpty() ? normal.suffixes() : suffixes);
    }

    private static List<String> schemas(FlywayConfig config) {
        List<String> schemas = new ArrayList<>(config.list("schemas"));
        config.text("defaultSchema")
                .filter(schema -> !schemas.contains(schema))
                .ifPresent(schema -> schemas.add(0, schema));
        return schemas;
    }
}
