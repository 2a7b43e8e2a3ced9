package dev.skein.ops.source.flyway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flyway's settings that would make it do something else than Skein does. One table: a setting is
 * refused where it changes what is applied, and remarked on where a plan can do without it.
 */
final class FlywayEffects {
    private static final String UNSET = "";

    /** What is done about a setting that has an effect in Flyway. */
    enum Treatment {
        /** It changes what Flyway would apply, or how, and a plan has no place for it. */
        REFUSED,
        /** It has no effect on a plan, and may be missed. */
        IGNORED
    }

    /**
     * One of them.
     *
     * @param harmless values with which it changes nothing
     * @param text what to do instead of a refused one, or what Skein does instead of an ignored one
     */
    record Setting(String name, Treatment treatment, List<String> harmless, String text) {
        /** Its value, if it is one that changes something. */
        boolean changesSomething(String value) {
            return !harmless.contains(value);
        }
    }

    private static final List<Setting> SETTINGS =
            List.of(
                    refused(
                            "callbacks",
                            List.of(UNSET),
                            "Write what the classes do as SQL callbacks, or take the setting away"),
                    refused("cherryPick", List.of(UNSET), "Leave out the others by --leave-out"),
                    refused(
                            "detectEncoding",
                            List.of(UNSET, "false"),
                            "Set flyway.encoding, or the encoding in a script's own .conf"),
                    refused("dryRunOutput", List.of(UNSET), "Take it away"),
                    refused("errorOverrides", List.of(UNSET), "Take it away"),
                    refused(
                            "initSql",
                            List.of(UNSET),
                            "Give the agent's role these settings by 'alter role … set', or write"
                                    + " the statement into a callback beforeEachMigrate.sql"),
                    refused("migrationResolvers", List.of(UNSET), "Write what they find as files"),
                    refused("resolvers", List.of(UNSET), "Write what they find as files"),
                    refused(
                            "skipDefaultResolvers",
                            List.of(UNSET, "false"),
                            "Take it away: without SQL files there is nothing to plan"),
                    refused(
                            "skipExecutingMigrations",
                            List.of(UNSET, "false"),
                            "Take it away: Skein takes over databases by 'skein fleet adopt'"),
                    refused(
                            "tablespace",
                            List.of(UNSET),
                            "Take it away: the version table goes into the default tablespace"),
                    refused(
                            "target",
                            List.of(UNSET, "latest", "current"),
                            "Leave out what lies above by --leave-out"),
                    ignored(
                            "baselineOnMigrate",
                            List.of(UNSET, "false"),
                            "a database with tables and without a version table gets all"
                                    + " migrations; run 'flyway baseline' where it must not"),
                    ignored(
                            "checkDriftOnMigrate",
                            List.of(UNSET, "false"),
                            "no order looks for drift"),
                    ignored(
                            "cleanOnValidationError",
                            List.of(UNSET, "false"),
                            "nothing is ever cleaned; a database that differs is refused"),
                    ignored(
                            "group",
                            List.of(UNSET, "false"),
                            "each migration commits by itself, and those ahead of one that fails"
                                    + " stay"),
                    ignored(
                            "ignoreMigrationPatterns",
                            List.of(UNSET, "*:future"),
                            "a database with an applied migration that no file has is refused;"
                                    + " name it by --leave-out where that is meant"),
                    ignored(
                            "installedBy",
                            List.of(UNSET),
                            "the version table names the role of the agent's connection"),
                    ignored(
                            "jarDirs",
                            List.of(UNSET),
                            "what lies in jars is not looked for, migrations and callbacks in Java"
                                    + " neither"),
                    ignored(
                            "validateOnMigrate",
                            List.of(UNSET, "true"),
                            "a database in which an applied migration differs from its file is"
                                    + " refused"));

    private FlywayEffects() {}

    private static Setting refused(String name, List<String> harmless, String hint) {
        return new Setting(name, Treatment.REFUSED, harmless, hint);
    }

    private static Setting ignored(String name, List<String> harmless, String instead) {
        return new Setting(name, Treatment.IGNORED, harmless, instead);
    }

    /** The settings of one treatment, in the order in which they are told of. */
    static List<Setting> of(Treatment treatment) {
        return SETTINGS.stream().filter(each -> each.treatment() == treatment).toList();
    }

    /** The names of all. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        SETTINGS.forEach(each -> names.add(each.name()));
        return names;
    }

    /** The value of that setting in a configuration; empty where it is not set. */
    static String value(FlywayConfig config, Setting setting) {
        return config.text(setting.name()).orElse(UNSET);
    }
}
