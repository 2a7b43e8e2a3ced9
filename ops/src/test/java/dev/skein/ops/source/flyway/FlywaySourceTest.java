package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.Variables;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Hooks.Hook;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlywaySourceTest {
    private static MapTree conf(String... lines) {
        return tree().file("flyway.conf", String.join("\n", lines));
    }

    @Test
    void classicConfigurationNamesLocationsNamesAndTheTable() {
        Plan plan =
                conf(
                                "flyway.locations=filesystem:sql/*/core,classpath:db",
                                "flyway.sqlMigrationPrefix=",
                                "flyway.table=history",
                                "flyway.outOfOrder=true",
                                "flyway.placeholders.where=${REGION}")
                        .file("sql/one/core/1__a.sql", "select '${where}';")
                        .file("sql/one/else/2__b.sql", "")
                        .file("src/main/resources/db/x/3__c.sql", "")
                        .flyway();
        assertThat(plan.migrations())
                .extracting(Migration::script)
                .containsExactly("1__a.sql", "x/3__c.sql");
        assertThat(plan.migrations().get(0).up()).containsExactly(new ScriptStep("select 'eu';"));
        assertThat(plan.versionTable()).contains(new VersionTableName(Optional.empty(), "history"));
        assertThat(plan.gaps()).contains(GapRule.FILLED);
    }

    @Test
    void modernConfigurationSetsSchemas() {
        Plan plan =
                tree().file(
                                "flyway.toml",
                                """
                                [flyway]
                                locations = ["filesystem:sql"]
                                environment = "prod"
                                [environments.prod]
                                schemas = ["app", "log"]
                                """)
                        .file("sql/V1__a.sql", "select 1;")
                        .flyway();
        assertThat(plan.versionTable().orElseThrow().schema()).contains("app");
        assertThat(plan.hooks().orElseThrow().before())
                .extracting(Hook::name)
                .containsExactly("createSchemas");
        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep(
                                "select pg_catalog.set_config('search_path', '\"app\", ' ||"
                                        + " pg_catalog.current_setting('search_path'), true);"
                                        + " select 1;"));
    }

    @Test
    void placeholdersAreFilledHereOrInEachDatabase() {
        Plan plan =
                tree().file("R__v.sql", "select '${A}', '$${a}', '${flyway:filename}';")
                        .file("V1__t.sql", "select '${tenant}', '${flyway:database}';")
                        .flyway(
                                SourceSettings.defaults()
                                        .withVariables(
                                                new Variables(
                                                        Map.of("a", "1"),
                                                        Map.of("Tenant", "name"))));
        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep(
                                "select '__skein_label_name__', '__skein_database_database__';"));
        assertThat(plan.migrations().get(1).up())
                .containsExactly(new ScriptStep("select '1', '$${a}', 'R__v.sql';"));
        assertThat(plan.migrations().get(1).equivalents().orElseThrow()).hasSize(1);
        assertThat(plan.parameters().orElseThrow())
                .containsExactly(
                        new Parameter(
                                "__skein_database_database__",
                                ParameterSource.DATABASE,
                                "database"),
                        new Parameter("__skein_label_name__", ParameterSource.LABEL, "name"));
    }

    @Test
    void repeatableWithAValueOfTheDatabaseIsSummedUpWhereTheAgentFindsItsText() {
        String raw = "select '${flyway:user}';";
        MapTree whole = tree().file("sql/V1__a.sql", "").file("sql/R__v.sql", raw);
        Migration known = whole.file("flyway.conf", "").flyway().migrations().get(1);
        Migration below =
                whole.file("flyway.conf", "flyway.defaultSchema=a").flyway().migrations().get(1);
        String ofRaw = Integer.toString(FlywayChecksum.of(raw));
        assertThat(known.up()).containsExactly(new ScriptStep("select '__skein_user_user__';"));
        assertThat(known.checksum())
                .contains(Integer.toString(FlywayChecksum.of("select '__skein_user_user__';")));
        assertThat(known.equivalents()).contains(List.of(ofRaw));
        assertThat(below.checksum()).contains(ofRaw);
    }

    @Test
    void callbacksBecomeHooksOrPartOfEachTransaction() {
        Plan plan =
                tree().file("V1__a.sql", "select 1")
                        .file("beforeMigrate__b.sql", "select 'b'")
                        .file("beforeMigrate__a.sql", "select 'a'")
                        .file("afterMigrate.sql", "vacuum")
                        .file("beforeEachMigrate.sql", "select 'each'")
                        .file("beforeClean.sql", "drop everything")
                        .flyway();
        assertThat(plan.migrations().get(0).up())
                .containsExactly(new ScriptStep("select 'each'\n;\nselect 1"));
        assertThat(plan.hooks().orElseThrow().before())
                .extracting(Hook::name)
                .containsExactly("beforeMigrate__a", "beforeMigrate__b");
        assertThat(plan.hooks().orElseThrow().after())
                .containsExactly(
                        new Hook(
                                "afterMigrate",
                                new StatementStep(List.of(), "vacuum", new Probe.Harmless())));
    }

    @Test
    void baselineStandsAheadOfItsVersion() {
        assertThat(tree().file("V1__a.sql", "").file("B1__b.sql", "").flyway().migrations())
                .extracting(Migration::kind)
                .containsExactly(MigrationKind.BASELINE, MigrationKind.VERSIONED);
    }

    @Test
    void javaMigrationIsLeftOutWhenAsked() {
        Plan plan =
                tree().file("V1__a.sql", "")
                        .file("V1_2__X.java", "")
                        .flyway(SourceSettings.defaults().withLeftOut(Set.of("V1.2", "V9")));
        assertThat(plan.migrations()).hasSize(1);
        assertThat(plan.leftOut()).contains(List.of("1.2", "9"));
    }

    @Test
    void scriptWithItsOwnTransactionsIsSentAsItIs() {
        assertThat(up("begin; select 1; commit; begin; select 2;"))
                .containsExactly(
                        new StatementStep(
                                        List.of(),
                                        "begin; select 1; commit; begin; select 2;\n;commit",
                                        new Probe.Undecidable())
                                .with(Atomicity.NOT_ATOMIC));
    }

    @Test
    void scriptThatFlywayWouldCommitIsAtomicWithThatCommit() {
        assertThat(up("begin; create table a (); insert into a default values;"))
                .containsExactly(
                        new StatementStep(
                                        List.of(),
                                        "begin; create table a (); insert into a default values;"
                                                + "\n;commit",
                                        new Probe.Undecidable())
                                .with(Atomicity.ATOMIC));
    }

    @Test
    void ownSettingsOfAScriptTakeItOutOfItsTransaction() {
        Plan plan =
                tree().file("V1__a.sql", "select 1; vacuum; select 2;")
                        .file("V1__a.sql.conf", "executeInTransaction=false")
                        .flyway();
        assertThat(plan.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep("select 1;"),
                        new StatementStep(List.of(), "vacuum", new Probe.Harmless()),
                        new ScriptStep("select 2;"));
    }

    @Test
    void copiedRowsBecomeInserts() {
        assertThat(up("copy t (a, b) from stdin;\n1\t\\N\nit's\ta\\tb\\\\\n\\.\nselect 1;"))
                .containsExactly(
                        new ScriptStep(
                                "insert into t (a, b) overriding system value values\n"
                                        + "('1', null),\n('it''s', 'a\tb\\')\n;\nselect 1;"));
    }

    private static List<Step> up(String sql) {
        return tree().file("V1__a.sql", sql).flyway().migrations().get(0).up();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flyway.cherryPick=1|flyway.cherryPick = 1 is a setting that a plan cannot carry"
                        + " [configuration]. Leave out the others by --leave-out",
                "flyway.target=3|flyway.target = 3 is a setting that a plan cannot carry"
                        + " [configuration]. Leave out what lies above by --leave-out",
                "flyway.locations=s3:x|the location s3:x is not on a file system [configuration]."
                        + " Copy it into a directory and name that one, by filesystem:",
                "flyway.locations=none|the location none names no directory here [no-directory]."
                        + " Check it; it is relative to db",
                "flyway.encoding=none|the encoding none is unknown [configuration]. Name one that"
                        + " Java knows, such as UTF-8 or ISO-8859-1",
            })
    void settingIsRefusedByItsKey(String line, String problem) {
        MapTree tree = conf(line).file("sql/V1__a.sql", "");
        assertThat(PlanRefusals.of(tree::flyway)).contains("configuration: " + problem);
    }

    @ParameterizedTest
    @CsvSource({"createSchema", "afterEachMigrateStatement", "afterMigrateError"})
    void callbackWithoutAPlaceIsRefused(String event) {
        MapTree tree = tree().file("V1__a.sql", "").file(event + ".sql", "");
        assertThat(PlanRefusals.of(tree::flyway))
                .isEqualTo(
                        Arrays.asList(
                                event
                                        + ".sql: Flyway would run the callback "
                                        + event
                                        + " at a moment for which a plan has no place"
                                        + " [not-supported]. Move it to another callback, such as"
                                        + " beforeEachMigrate or afterMigrate, or build the plan"
                                        + " without it by --leave-out "
                                        + event
                                        + ".sql"));
    }
}
