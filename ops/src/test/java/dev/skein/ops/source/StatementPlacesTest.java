package dev.skein.ops.source;

import static dev.skein.ops.source.MapTree.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Each statement of a step stands in its file where the plan says. */
class StatementPlacesTest {
    private static final String MIXED =
            """
            -- first a setting
            set work_mem = '8MB';
            create table t (
              id int); /* two on one line */ insert into t values (1);

            create index concurrently i
              on t (id);
            -- behind it
            insert into t

            values (2);
            """;
    private static final String BLOCKS =
            """
            set lock_timeout = '1s';
            begin;
            -- inside
            insert into t values (1);
            set work_mem = '1MB';

            insert into t values (2);
            commit;
            vacuum t;
            insert into t values (3);
            """;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final MapTree tree = tree().placed();

    private StatementPlacesTest file(String name, String text) {
        files.put(name, text);
        tree.file(name, text);
        return this;
    }

    /** The places of all statements of these steps, each {@code file:number:line}. */
    private List<String> places(List<Step> steps) {
        List<String> places = new ArrayList<>();
        for (Step step : steps) {
            int before = 0;
            for (String text : texts(step)) {
                for (SqlStatement each : SqlScript.parse("step", text).statements()) {
                    before++;
                    places.add(place(ScriptExcerpt.at(before, step.excerpts()), each));
                }
            }
        }
        return places;
    }

    private static List<String> texts(Step step) {
        List<String> texts = new ArrayList<>();
        if (step instanceof StatementStep statement) {
            texts.addAll(statement.session());
        }
        texts.add(step.text());
        return texts;
    }

    private String place(Optional<ScriptExcerpt> excerpt, SqlStatement sent) {
        if (excerpt.flatMap(ScriptExcerpt::file).isEmpty()) {
            return "nowhere";
        }
        String file = excerpt.get().file().get();
        OptionalInt number = excerpt.get().number();
        OptionalInt shift = excerpt.get().shift();
        String line =
                shift.isPresent() ? Integer.toString(sent.line() + shift.getAsInt()) : "unknown";
        number.ifPresent(
                at -> {
                    SqlStatement stands =
                            SqlScript.parse(file, files.get(file)).statements().get(at - 1);
                    assertThat(sent.text()).isEqualTo(stands.text());
                    shift.ifPresent(s -> assertThat(sent.line() + s).isEqualTo(stands.line()));
                });
        return file + ":" + (number.isPresent() ? number.getAsInt() : "unknown") + ":" + line;
    }

    private List<String> up(Plan plan) {
        return places(plan.migrations().get(0).up());
    }

    private List<String> down(Plan plan) {
        return places(plan.migrations().get(0).down().orElseThrow());
    }

    private List<String> hooks(List<Hooks.Hook> hooks) {
        return places(hooks.stream().map(Hooks.Hook::step).toList());
    }

    @Test
    void plainScriptsKnowTheirLinesInBothDirections() {
        file("1_a.up.sql", "-- skein: transaction=none\n" + MIXED);
        file("1_a.down.sql", "\ndrop index i;\ndrop table t;");
        assertThat(up(tree.sql()))
                .containsExactly(
                        "1_a.up.sql:1:3",
                        "1_a.up.sql:2:4",
                        "1_a.up.sql:1:3",
                        "1_a.up.sql:3:5",
                        "1_a.up.sql:1:3",
                        "1_a.up.sql:4:7",
                        "1_a.up.sql:1:3",
                        "1_a.up.sql:5:10");
        assertThat(down(tree.sql())).containsExactly("1_a.down.sql:1:2", "1_a.down.sql:2:3");
    }

    @Test
    void mixedScriptsOfFlywayDo() {
        file("flyway.conf", "flyway.mixed=true\nflyway.schemas=app");
        file("V1__a.sql", MIXED);
        file("U1__a.sql", "\n\ndrop table t");
        assertThat(up(tree.flyway()))
                .containsExactly(
                        "nowhere",
                        "V1__a.sql:1:2",
                        "V1__a.sql:2:3",
                        "nowhere",
                        "V1__a.sql:1:2",
                        "V1__a.sql:3:4",
                        "nowhere",
                        "V1__a.sql:1:2",
                        "V1__a.sql:4:6",
                        "nowhere",
                        "V1__a.sql:1:2",
                        "V1__a.sql:5:9");
        assertThat(down(tree.flyway())).containsExactly("nowhere", "U1__a.sql:1:3");
    }

    @Test
    void blocksThatFlywayRunsInAutoCommitDoAndKeepTheirSettings() {
        file("flyway.conf", "flyway.mixed=true");
        file("V1__a.sql", BLOCKS);
        assertThat(up(tree.flyway()))
                .containsExactly(
                        "V1__a.sql:1:1",
                        "V1__a.sql:2:2",
                        "V1__a.sql:3:4",
                        "V1__a.sql:4:5",
                        "V1__a.sql:5:7",
                        "V1__a.sql:6:8",
                        "V1__a.sql:1:1",
                        "V1__a.sql:4:5",
                        "V1__a.sql:7:9",
                        "V1__a.sql:1:1",
                        "V1__a.sql:4:5",
                        "V1__a.sql:8:10");
    }

    @Test
    void callbacksKnowTheirOwnFiles() {
        file("beforeEachMigrate.sql", "select 1;\nselect 2;");
        file("afterEachMigrate.sql", "\nselect 3");
        file("afterMigrate.sql", "\n\nselect 4");
        file("V1__a.sql", "-- made\ncreate table t ();\n\ncreate table u ();\n");
        Plan plan = tree.flyway();
        assertThat(up(plan))
                .containsExactly(
                        "beforeEachMigrate.sql:1:1",
                        "beforeEachMigrate.sql:2:2",
                        "V1__a.sql:1:2",
                        "V1__a.sql:2:4",
                        "afterEachMigrate.sql:1:2");
        assertThat(hooks(plan.hooks().orElseThrow().after()))
                .containsExactly("afterMigrate.sql:1:3");
    }

    @Test
    void rowsThatBecomeStatementsAreNotCounted() {
        file("V1__a.sql", "copy t from stdin;\n1\n2\n\\.\nselect 1;");
        assertThat(up(tree.flyway())).last().isEqualTo("V1__a.sql:unknown:5");
    }

    @Test
    void valuesOfSeveralLinesLeaveTheNumberAlone() {
        file("flyway.toml", "[flyway.placeholders]\nrows = \"\"\"1,\n2\"\"\"\n");
        file("V1__a.sql", "select 1;\nselect ${rows};\nselect 3;");
        Step step = tree.flyway().migrations().get(0).up().get(0);
        assertThat(ScriptExcerpt.at(3, step.excerpts()).orElseThrow().number()).hasValue(3);
        assertThat(ScriptExcerpt.at(3, step.excerpts()).orElseThrow().shift()).isEmpty();
    }

    @Test
    void scriptsOfPrismaKnowTheirLinesInBothDirections() {
        file("1_a/migration.sql", BLOCKS);
        file("1_a/down.sql", "\nselect 1");
        assertThat(up(tree.prisma()))
                .contains(
                        "1_a/migration.sql:5:7", "1_a/migration.sql:7:9", "1_a/migration.sql:8:10")
                .doesNotContain("nowhere");
        assertThat(down(tree.prisma())).containsExactly("1_a/down.sql:1:2");
    }

    @Test
    void scriptOfNoStatementHasNoPlaces() {
        Migration migration = file("1_a.up.sql", "-- nothing").tree.sql().migrations().get(0);
        assertThat(migration.up().get(0).excerpts()).isEmpty();
    }
}
