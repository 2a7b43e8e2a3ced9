package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The settings that change what Flyway would apply, or how, and for which a plan has no place. */
final class FlywayUncarried {
    private static final String UNSET = "";

    /**
     * One of them.
     *
     * @param harmless values with which it changes nothing
     * @param hint what to do instead
     */
    private record Key(String name, List<String> harmless, String hint) {}

    private static final List<Key> KEYS =
            List.of(
                    new Key(
                            "callbacks",
                            List.of(UNSET),
                            "Write what the classes do as SQL callbacks, or take the setting away"),
                    new Key("cherryPick", List.of(UNSET), "Leave out the others by --leave-out"),
                    new Key(
                            "detectEncoding",
                            List.of(UNSET, "false"),
                            "Set flyway.encoding, or the encoding in a script's own .conf"),
                    new Key("dryRunOutput", List.of(UNSET), "Take it away"),
                    new Key("errorOverrides", List.of(UNSET), "Take it away"),
                    new Key(
                            "initSql",
                            List.of(UNSET),
                            "Give the agent's role these settings by 'alter role … set', or write"
                                    + " the statement into a callback beforeEachMigrate.sql"),
                    new Key("migrationResolvers", List.of(UNSET), "Write what they find as files"),
                    new Key("resolvers", List.of(UNSET), "Write what they find as files"),
                    new Key(
                            "skipDefaultResolvers",
                            List.of(UNSET, "false"),
                            "Take it away: without SQL files there is nothing to plan"),
                    new Key(
                            "skipExecutingMigrations",
                            List.of(UNSET, "false"),
                            "Take it away: Skein takes over databases by 'skein fleet adopt'"),
                    new Key(
                            "tablespace",
                            List.of(UNSET),
                            "Take it away: the version table goes into the default tablespace"),
                    new Key(
                            "target",
                            List.of(UNSET, "latest", "current"),
                            "Leave out what lies above by --leave-out"));

    private FlywayUncarried() {}

    /** The settings that are refused, unless their values are harmless. */
    static Set<String> keys() {
        Set<String> names = new TreeSet<>();
        KEYS.forEach(key -> names.add(key.name()));
        return names;
    }

    static void refuse(FlywayConfig config, String shown, PlanProblems problems) {
        for (Key key : KEYS) {
            String value = config.text(key.name()).orElse(UNSET);
            if (!key.harmless().contains(value)) {
                problems.add(
                        shown,
                        PlanProblemCode.CONFIGURATION,
                        "flyway.%s = %s is a setting that a plan cannot carry"
                                .formatted(key.name(), value),
                        key.hint());
            }
        }
    }
}
