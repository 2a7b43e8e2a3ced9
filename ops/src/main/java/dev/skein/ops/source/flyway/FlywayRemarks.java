package dev.skein.ops.source.flyway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Says of a configuration what has no effect on a plan and may be missed: settings by which Flyway
 * would do something else in some database, and keys that it does not know.
 */
final class FlywayRemarks {
    private static final String UNSET = "";

    /** In a JDBC address, or in the options that it passes to the server. */
    private static final Pattern SCHEMA_OF_CONNECTION =
            Pattern.compile("currentSchema=|search_path");

    /**
     * A setting without effect.
     *
     * @param harmless values with which Flyway does what Skein does
     * @param instead what Skein does
     */
    private record Key(String name, List<String> harmless, String instead) {}

    private static final List<Key> KEYS =
            List.of(
                    new Key(
                            "baselineOnMigrate",
                            List.of(UNSET, "false"),
                            "a database with tables and without a version table gets all"
                                    + " migrations; run 'flyway baseline' where it must not"),
                    new Key(
                            "checkDriftOnMigrate",
                            List.of(UNSET, "false"),
                            "no order looks for drift"),
                    new Key(
                            "cleanOnValidationError",
                            List.of(UNSET, "false"),
                            "nothing is ever cleaned; a database that differs is refused"),
                    new Key(
                            "group",
                            List.of(UNSET, "false"),
                            "each migration commits by itself, and those ahead of one that fails"
                                    + " stay"),
                    new Key(
                            "ignoreMigrationPatterns",
                            List.of(UNSET, "*:future"),
                            "a database with an applied migration that no file has is refused;"
                                    + " name it by --leave-out where that is meant"),
                    new Key(
                            "installedBy",
                            List.of(UNSET),
                            "the version table names the role of the agent's connection"),
                    new Key(
                            "jarDirs",
                            List.of(UNSET),
                            "what lies in jars is not looked for, migrations and callbacks in Java"
                                    + " neither"),
                    new Key(
                            "validateOnMigrate",
                            List.of(UNSET, "true"),
                            "a database in which an applied migration differs from its file is"
                                    + " refused"));

    private static final List<String> CONNECTION =
            List.of("url", "jdbcProperties.currentSchema", "jdbcProperties.options");

    private final FlywayConfig config;
    private final String shown;
    private final Consumer<String> notes;

    private FlywayRemarks(FlywayConfig config, String shown, Consumer<String> notes) {
        this.config = config;
        this.shown = shown;
        this.notes = notes;
    }

    static void make(FlywayConfig config, String shown, Consumer<String> notes) {
        FlywayRemarks remarks = new FlywayRemarks(config, shown, notes);
        KEYS.forEach(remarks::remark);
        CONNECTION.forEach(remarks::remarkOnSchema);
        config.values().keySet().stream()
                .filter(key -> !FlywayKeys.isKnown(key))
                .forEach(key -> remarks.note(key, "is no setting that Flyway 11 knows"));
    }

    /** The settings that are remarked on. */
    static Set<String> keys() {
        Set<String> names = new TreeSet<>();
        KEYS.forEach(key -> names.add(key.name()));
        return names;
    }

    private void remark(Key key) {
        String value = config.text(key.name()).orElse(UNSET);
        if (!key.harmless().contains(value)) {
            note(key.name() + " = " + value, "has no effect: " + key.instead());
        }
    }

    /** Agents have connections of their own, so the schema of this one is lost. */
    private void remarkOnSchema(String key) {
        String value = key.startsWith("jdbc") ? key + "=" : "";
        String text = config.text(key).map(found -> value + found).orElse(UNSET);
        if (config.text("defaultSchema").isEmpty()
                && config.text("schemas").isEmpty()
                && SCHEMA_OF_CONNECTION.matcher(text).find()) {
            note(
                    key,
                    "sets a schema and has no effect: agents connect by themselves; set"
                            + " flyway.defaultSchema to it");
        }
    }

    private void note(String setting, String what) {
        notes.accept(shown + ": flyway." + setting + " " + what);
    }
}
