package dev.skein.ops.source.flyway;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.MapTree;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.PlanRefused;
import dev.skein.protocol.plan.Plan;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that Flyway has is carried, refused, remarked on, or changes nothing. */
class FlywayKeysTest {
    private static final String NAMES =
            "V1__what_it_does.sql, R__what_it_does.sql or U1__what_it_does.sql";

    /** Whatever one of the settings may change. */
    private static MapTree files(String... config) {
        List<String> lines = new ArrayList<>(List.of("flyway.locations=filesystem:sql"));
        lines.addAll(List.of(config));
        return tree().file("flyway.conf", String.join("\n", lines))
                .file("sql/V1__a.sql", "select '${flyway:environment}', '\u00e4'; select 2")
                .file("sql/V1_1__b.sql", "select '${flyway-table}'")
                .file("sql/V1__a.sql.conf", "placeholderReplacement=true")
                .file("sql/V2__vacuum.sql", "create index concurrently i on t (a)")
                .file("sql/R__a.sql", "select '$[x]', '#{flyway:table#}'")
                .file("sql/B1__a.sql", "select 1")
                .file("sql/W3__other_version.sql", "select 'W'")
                .file("sql/X__other_repeatable.sql", "select 'X'")
                .file("sql/Y2__other_undo.sql", "select 'Y'")
                .file("sql/Z2__other_baseline.sql", "select 'Z'")
                .file("sql/V4--other_separator.sql", "select 'S'")
                .file("sql/V5__other_suffix.ddl", "select 'D'")
                .file("more/V6__other_location.sql", "select 'L'")
                .file("called/afterMigrate.sql", "select 'called'")
                .file("sql/beforeMigrate.sql", "select 'before'");
    }

    static Stream<Arguments> carried() {
        return Stream.of(
                Arguments.of("baselineMigrationPrefix", "Z"),
                Arguments.of("callbackLocations", "filesystem:called"),
                Arguments.of("defaultSchema", "sales"),
                Arguments.of("encoding", "ISO-8859-1"),
                Arguments.of("environment", "staging"),
                Arguments.of("executeInTransaction", "false"),
                Arguments.of("locations", "filesystem:sql,filesystem:more"),
                Arguments.of("outOfOrder", "true"),
                Arguments.of("placeholderReplacement", "false"),
                Arguments.of("repeatableSqlMigrationPrefix", "X"),
                Arguments.of("schemas", "sales,parts"),
                Arguments.of("skipDefaultCallbacks", "true"),
                Arguments.of("sqlMigrationPrefix", "W"),
                Arguments.of("sqlMigrationSuffixes", ".sql,.ddl"),
                Arguments.of("table", "history"),
                Arguments.of("undoSqlMigrationPrefix", "Y"));
    }

    @ParameterizedTest
    @MethodSource("carried")
    void settingThatIsCarriedChangesThePlan(String key, String value) {
        Plan plain = settled("");
        Plan changed = settled("flyway." + key + "=" + value);
        assertThat(FlywayKeys.CARRIED).contains(key);
        assertThat(changed).isNotEqualTo(plain);
    }

    /** With a value for whatever a setting makes a placeholder. */
    private static Plan settled(String line) {
        return files("flyway.placeholders.flyway-table=t", line).flyway();
    }

    @Test
    void settingsThatNeedOthersAreCarried() {
        String[] own = {"flyway.placeholders.flyway-table=t", "flyway.placeholders.x=y"};
        Plan plain = files(own).flyway();
        assertThat(
                        Stream.of(
                                        "placeholderPrefix=#{\nflyway.placeholderSuffix=#}",
                                        "placeholderPrefix=$[\nflyway.placeholderSuffix=]",
                                        "placeholderSeparator=-",
                                        "sqlMigrationSeparator=--")
                                .map(
                                        each ->
                                                planOrRefusals(
                                                        files(own[0], own[1], "flyway." + each))))
                .doesNotContain(plain.toString())
                .doesNotHaveDuplicates();
        String schemas = "flyway.schemas=sales\n";
        assertThat(settled(schemas + "flyway.createSchemas=false")).isNotEqualTo(settled(schemas));
    }

    private static String planOrRefusals(MapTree tree) {
        try {
            return tree.flyway().toString();
        } catch (PlanRefused refused) {
            return refused.getMessage();
        }
    }

    @Test
    void mixedAndStrictNamesAreCarried() {
        MapTree mixture =
                files("flyway.mixed=true", "flyway.placeholders.flyway-table=t")
                        .file("sql/V9__m.sql", "create table m (); vacuum m;");
        assertThat(mixture.flyway().migration("9")).isPresent();
        MapTree strict = files("flyway.validateMigrationNaming=true").file("sql/V9_m.sql", "");
        assertThat(PlanRefusals.of(strict::flyway).toString()).contains("validateMigrationNaming");
    }

    static Stream<String> settingsOfFlyway() throws IllegalAccessException {
        List<String> keys = new ArrayList<>();
        for (Field field : ConfigUtils.class.getFields()) {
            if (field.get(null) instanceof String value && value.startsWith("flyway.")) {
                keys.add(value.substring("flyway.".length()));
            }
        }
        return keys.stream().filter(key -> !key.equals("conf"));
    }

    @ParameterizedTest
    @MethodSource("settingsOfFlyway")
    void settingThatFlywayHasIsKnown(String key) {
        assertThat(FlywayKeys.isKnown(key)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    baselineOnMigrate       | true      | a database with tables and without a \
                    version table gets all migrations; run 'flyway baseline' where it must not
                    checkDriftOnMigrate     | true      | no order looks for drift
                    cleanOnValidationError  | true      | nothing is ever cleaned; a database that \
                    differs is refused
                    group                   | true      | each migration commits by itself, and \
                    those ahead of one that fails stay
                    ignoreMigrationPatterns | *:missing | a database with an applied migration \
                    that no file has is refused; name it by --leave-out where that is meant
                    installedBy             | ci        | the version table names the role of the \
                    agent's connection
                    jarDirs                 | lib       | what lies in jars is not looked for, \
                    migrations and callbacks in Java neither
                    validateOnMigrate       | false     | a database in which an applied migration \
                    differs from its file is refused
                    """)
    void settingWithoutEffectIsRemarkedOn(String key, String value, String instead) {
        assertThat(notes("flyway." + key + "=" + value))
                .containsExactly(
                        "configuration: flyway.%s = %s has no effect: %s"
                                .formatted(key, value, instead));
    }

    @Test
    void schemaOfTheConnectionIsRemarkedOnUnlessOneIsSet() {
        String url = "flyway.url=jdbc:postgresql://db/x?currentSchema=sales";
        String option = "flyway.jdbcProperties.currentSchema=sales";
        String lost =
                " sets a schema and has no effect: agents connect by themselves; set"
                        + " flyway.defaultSchema to it";
        assertThat(notes(url)).containsExactly("configuration: flyway.url" + lost);
        assertThat(notes(option))
                .containsExactly("configuration: flyway.jdbcProperties.currentSchema" + lost);
        assertThat(notes(url, "flyway.defaultSchema=sales")).isEmpty();
        assertThat(notes("flyway.url=jdbc:postgresql://db/x?ssl=true")).isEmpty();
    }

    @Test
    void keyThatFlywayDoesNotKnowIsRemarkedOn() {
        assertThat(notes("flyway.ignoreMissingMigrations=true", "flyway.tabel=x"))
                .containsExactly(
                        "configuration: flyway.ignoreMissingMigrations is no setting that Flyway 11"
                                + " knows",
                        "configuration: flyway.tabel is no setting that Flyway 11 knows");
    }

    @Test
    void whatChangesNothingIsNotRemarkedOn() {
        assertThat(FlywayKeys.HARMLESS)
                .allSatisfy(key -> assertThat(notes("flyway." + key + "=3")).isEmpty());
        assertThat(
                        notes(
                                "flyway.group=false",
                                "flyway.validateOnMigrate=true",
                                "flyway.ignoreMigrationPatterns=*:future",
                                "flyway.postgresql.transactional.lock=false"))
                .isEmpty();
    }

    @Test
    void fileWithANameThatIsNoneIsPassedOverAndNamed() {
        assertThat(tree().file("V1__a.sql", "").file("v2__b.sql", "").flywayNotes())
                .containsExactly(
                        "v2__b.sql: passed over, as Flyway does; if it is meant to be a migration,"
                                + " name it "
                                + NAMES);
    }

    @Test
    void otherSettingsOfTheConnectionAreRemarkedOn() {
        String lost =
                " in the options of the connection has no effect: agents connect by themselves;"
                        + " give the agent's role this setting by 'alter role … set'";
        assertThat(notes("flyway.url=jdbc:postgresql://db/x?options=-c%20role=app&ssl=true"))
                .containsExactly("configuration: flyway.url: role=app" + lost);
        assertThat(notes("flyway.jdbcProperties.options=-c TimeZone=UTC -c lock_timeout=1s"))
                .containsExactly(
                        "configuration: flyway.jdbcProperties.options: timezone=UTC" + lost);
    }

    @Test
    void connectionOfTheChosenEnvironmentIsRemarkedOn() {
        assertThat(
                        modern(
                                """
                                environment = "prod"
                                [environments.prod.jdbcProperties]
                                currentSchema = "${env.REGION}"
                                [environments.test.jdbcProperties]
                                options = "-c role=app"
                                """))
                .singleElement()
                .asString()
                .startsWith("configuration: flyway.jdbcProperties.currentSchema sets a schema");
    }

    @Test
    void variableOutsideOfTheConnectionIsTextAndRemarkedOn() {
        String text = "table = \"${env.REGION}\"\n";
        assertThat(modern(text))
                .containsExactly(
                        "configuration: flyway.table keeps ${env.…} as text, as in Flyway, which"
                                + " fills it in only where an environment says how to connect");
        assertThat(modernTree(text).flyway().versionTable().orElseThrow().table())
                .isEqualTo("${env.REGION}");
    }

    private static List<String> modern(String config) {
        return modernTree(config).flywayNotes();
    }

    private static MapTree modernTree(String config) {
        return tree().file("flyway.toml", "[flyway]\nlocations = [\"filesystem:sql\"]\n" + config)
                .file("sql/V1__a.sql", "");
    }

    private static List<String> notes(String... config) {
        return tree().file("flyway.conf", String.join("\n", config))
                .file("sql/V1__a.sql", "")
                .flywayNotes();
    }
}
