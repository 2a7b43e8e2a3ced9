package dev.skein.ops.source.flyway;

import dev.skein.ops.source.ConnectionOptions;
import dev.skein.ops.source.flyway.FlywayEffects.Treatment;
import java.util.List;
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

    private static final String OPTIONS = "jdbcProperties.options";

    private static final List<String> CONNECTION =
            List.of("url", "jdbcProperties.currentSchema", OPTIONS);

    private static final String VARIABLE = "${env.";

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
        FlywayEffects.of(Treatment.IGNORED).forEach(remarks::remark);
        CONNECTION.forEach(remarks::remarkOnSchema);
        remarks.remarkOnOptions();
        remarks.remarkOnVariables();
        config.values().keySet().stream()
                .filter(key -> !FlywayKeys.isKnown(key))
                .forEach(key -> remarks.note(key, "is no setting that Flyway 11 knows"));
    }

    private void remark(FlywayEffects.Setting setting) {
        String value = FlywayEffects.value(config, setting);
        if (setting.changesSomething(value)) {
            note(setting.name() + " = " + value, "has no effect: " + setting.text());
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

    /** The other settings of this connection are lost likewise. */
    private void remarkOnOptions() {
        remarkOnOptions("url", ConnectionOptions.inAddresses(config.text("url").orElse(UNSET)));
        remarkOnOptions(OPTIONS, ConnectionOptions.in(config.text(OPTIONS).orElse(UNSET)));
    }

    private void remarkOnOptions(String key, List<String> options) {
        options.stream()
                .filter(each -> !each.startsWith("search_path="))
                .forEach(
                        each ->
                                notes.accept(
                                        ConnectionOptions.remark(shown + ": flyway." + key, each)));
    }

    /** Flyway fills them in where an environment says how to connect, and takes others as text. */
    private void remarkOnVariables() {
        config.values()
                .forEach(
                        (key, value) -> {
                            if (value.contains(VARIABLE)) {
                                note(
                                        key,
                                        "keeps "
                                                + VARIABLE
                                                + "…} as text, as in Flyway, which fills it in only"
                                                + " where an environment says how to connect");
                            }
                        });
    }

    private void note(String setting, String what) {
        notes.accept(shown + ": flyway." + setting + " " + what);
    }
}
