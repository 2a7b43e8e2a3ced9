package dev.skein.engine.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.GapRule;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.VersionTableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RulesOfEachFrameworkTest {
    private static Migration migration(String version, String... parents) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                version,
                version,
                Optional.empty(),
                List.of(new ScriptStep("select 1")),
                Optional.empty(),
                Optional.of(List.of(parents)),
                Optional.empty(),
                Optional.empty());
    }

    private static Plan plan(Framework framework) {
        return new Plan(
                framework,
                Optional.empty(),
                List.of(migration("9"), migration("10", "9"), migration("11", "9")));
    }

    @ParameterizedTest
    @CsvSource({
        "SQL, 10, REFUSED, false, false, false",
        "FLYWAY, 10, REFUSED, false, false, false",
        "ALEMBIC, 10, FILLED, true, true, false",
        "PRISMA, 10, FILLED, false, false, true",
        "KNEX, 10, FILLED, false, true, false"
    })
    void frameworkHasItsOwnRules(
            Framework framework,
            String version,
            GapRule gaps,
            boolean graph,
            boolean takesRowsOut,
            boolean recordsEveryFailure) {
        FrameworkRules rules = FrameworkRules.of(framework);
        assertThat(rules.version(plan(framework), List.of("9", "10"))).contains(version);
        assertThat(rules.version(plan(framework), List.of())).isEmpty();
        assertThat(rules.gaps()).isEqualTo(gaps);
        assertThat(rules.graph(plan(framework)).isPresent()).isEqualTo(graph);
        assertThat(rules.takesRowsOut()).isEqualTo(takesRowsOut);
        assertThat(rules.recordsEveryFailure()).isEqualTo(recordsEveryFailure);
    }

    @Test
    void headsOfAGraphAreReadTogether() {
        Plan plan = plan(Framework.ALEMBIC);
        assertThat(FrameworkRules.of(plan).version(plan, List.of("9", "10", "11")))
                .contains("10,11");
    }

    @ParameterizedTest
    @CsvSource({
        "SQL, 8, false", "SQL, 9.5, true",
        "FLYWAY, 8, false", "FLYWAY, 9.5, true",
        "PRISMA, 0, false", "PRISMA, 95, true",
        "ALEMBIC, 8, true", "KNEX, 0, true"
    })
    void whatIsOlderThanThePlanIsThePastWhereTheFrameworkBearsIt(
            Framework framework, String unknown, boolean matters) {
        Plan plan = plan(framework);
        assertThat(FrameworkRules.of(plan).hasToKnow(plan, unknown)).isEqualTo(matters);
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void versionTableIsTheOneThatThePlanNames(Framework framework) {
        // given
        Plan unnamed = plan(framework);
        Plan named =
                new Plan(
                        framework,
                        Optional.of(new VersionTableName(Optional.of("s"), "t")),
                        unnamed.migrations());
        FrameworkRules rules = FrameworkRules.of(framework);
        // then
        assertThat(rules.versionTable(unnamed)).isEqualTo(rules.versionTable());
        assertThat(rules.versionTable(named)).contains("t");
        assertThat(rules.livesInTheDefaultSchema(unnamed)).isEqualTo(framework != Framework.SQL);
        assertThat(rules.livesInTheDefaultSchema(named)).isFalse();
    }

    @Test
    void onlyFlywaysChecksumHasTheDatabasesValuesInIt() {
        for (Framework framework : Framework.values()) {
            assertThat(FrameworkRules.of(framework).checksumOf("select 1").isPresent())
                    .isEqualTo(framework == Framework.FLYWAY);
        }
    }

    @Test
    void knexHasATableForItsLock() {
        assertThat(FrameworkRules.of(Framework.KNEX).tablesBeside("k")).containsExactly("k_lock");
        assertThat(FrameworkRules.of(Framework.FLYWAY).tablesBeside("f")).isEmpty();
    }
}
