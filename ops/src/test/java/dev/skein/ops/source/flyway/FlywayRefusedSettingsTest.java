package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set for a project, a script or around scripts, and cannot be carried. */
class FlywayRefusedSettingsTest {
    private static MapTree script(String text) {
        return tree().file("V1__a.sql", text);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(
                        script("").file("V1__a.sql.conf", "shouldExecute=false"),
                        "V1__a.sql.conf: shouldExecute, which only Flyway's paid editions know,"
                                + " cannot be carried [configuration]. Build a plan for each case,"
                                + " with --leave-out where the script is not to run, and take the"
                                + " setting away"),
                Arguments.of(
                        script("").file("V1__a.sql.conf", "mixed=true"),
                        "V1__a.sql.conf: mixed is no setting of a script [configuration]. Use"
                                + " executeInTransaction, encoding, placeholderReplacement"),
                Arguments.of(
                        script("").file("V1__a.sql.conf", "encoding=utf-99"),
                        "V1__a.sql.conf: the encoding utf-99 is unknown [configuration]. Name one"
                                + " that Java knows, such as UTF-8 or ISO-8859-1"),
                Arguments.of(
                        script("create index concurrently i on t (a)")
                                .file("V1__a.sql.conf", "executeInTransaction=true"),
                        "V1__a.sql:1: 'create index concurrently i on t (a)' cannot run inside a"
                                + " transaction, and executeInTransaction=true asks for one"
                                + " [mixed]. Take the setting away from V1__a.sql.conf"),
                Arguments.of(
                        script("select 1;\nsavepoint a;")
                                .file("V1__a.sql.conf", "executeInTransaction=false"),
                        "V1__a.sql:2: 'savepoint a' has no transaction: each statement of this"
                                + " script runs by itself [transaction-control]. Put what needs"
                                + " the savepoint into a migration of its own"));
    }

    static Stream<Arguments> callbacks() {
        return Stream.of(
                Arguments.of(
                        script("").file("a/afterMigrate.sql", "").file("b/afterMigrate.sql", ""),
                        "b/afterMigrate.sql: a callback of this name is also a/afterMigrate.sql"
                                + " [duplicate-description]. Give one of them a description:"
                                + " afterMigrate__what_it_does.sql"),
                Arguments.of(
                        script("").file("beforeEachMigrate.sql", "vacuum"),
                        "beforeEachMigrate.sql: the callback beforeEachMigrate runs inside each"
                                + " migration's transaction, and a statement in it cannot [mixed]."
                                + " Move the statement to beforeMigrate or afterMigrate"));
    }

    @ParameterizedTest
    @MethodSource({"settings", "callbacks"})
    void settingIsRefusedWithTheReason(MapTree tree, String problem) {
        assertThat(PlanRefusals.of(tree::flyway)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"afterVersioned", "beforeRepeatables"})
    void callbackBetweenTheKindsIsRefusedBesideRepeatableMigrations(String event) {
        MapTree tree = script("").file(event + ".sql", "").file("R__v.sql", "");
        assertThat(PlanRefusals.of(tree::flyway))
                .containsExactly(
                        event
                                + ".sql: Flyway would run the callback "
                                + event
                                + " between versioned and repeatable migrations for which a plan"
                                + " has no place [not-supported]. Move it to another callback,"
                                + " such as beforeEachMigrate or afterMigrate, or build the plan"
                                + " without it by --leave-out "
                                + event
                                + ".sql");
    }

    static Stream<String> refusedEvents() {
        return Stream.of(FlywayEvent.values())
                .filter(event -> event.use() == FlywayEvent.Use.REFUSED)
                .map(FlywayEvent::id);
    }

    @ParameterizedTest
    @MethodSource("refusedEvents")
    void callbackWithoutAPlaceIsRefused(String event) {
        MapTree tree = script("").file(event + "__it.sql", "");
        assertThat(PlanRefusals.of(tree::flyway))
                .containsExactly(
                        event
                                + "__it.sql: Flyway would run the callback "
                                + event
                                + " at a moment for which a plan has no place [not-supported]. Move"
                                + " it to another callback, such as beforeEachMigrate or"
                                + " afterMigrate, or build the plan without it by --leave-out "
                                + event
                                + "__it.sql");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    callbacks               | a.B  | Write what the classes do as SQL callbacks, \
                    or take the setting away
                    cherryPick              | 2    | Leave out the others by --leave-out
                    detectEncoding          | true | Set flyway.encoding, or the encoding in a \
                    script's own .conf
                    dryRunOutput            | x    | Take it away
                    errorOverrides          | x    | Take it away
                    initSql                 | set  | Give the agent's role these settings by \
                    'alter role … set', or write the statement into a callback \
                    beforeEachMigrate.sql
                    migrationResolvers      | a.B  | Write what they find as files
                    resolvers               | a.B  | Write what they find as files
                    skipDefaultResolvers    | true | Take it away: without SQL files there is \
                    nothing to plan
                    skipExecutingMigrations | true | Take it away: Skein takes over databases by \
                    'skein fleet adopt'
                    tablespace              | fast | Take it away: the version table goes into \
                    the default tablespace
                    target                  | 7    | Leave out what lies above by --leave-out
                    """)
    void settingThatNoPlanCarriesIsRefused(String key, String value, String hint) {
        MapTree tree =
                script("")
                        .file("flyway.conf", "flyway." + key + "=" + value)
                        .file("sql/V1__a.sql", "");
        assertThat(PlanRefusals.of(tree::flyway))
                .containsExactly(
                        "configuration: flyway.%s = %s is a setting that a plan cannot carry"
                                        .formatted(key, value)
                                + " [configuration]. "
                                + hint);
    }

    @Test
    void nameToLeaveOutThatIsNoneIsRefused() {
        SourceSettings settings = SourceSettings.defaults().withLeftOut(Set.of("seed.sql"));
        assertThat(PlanRefusals.of(() -> script("").flyway(settings)))
                .containsExactly(
                        "--leave-out seed.sql: no file has this name, and it is no version"
                                + " [left-out]. Write V12, or the name of a file");
    }

    @Test
    void configurationThatIsNoTomlIsRefusedWithItsPlace() {
        assertThat(PlanRefusals.of(script("").file("flyway.toml", "[flyway\n")::flyway))
                .singleElement()
                .asString()
                .startsWith("flyway.toml:")
                .contains("[configuration]");
    }
}
