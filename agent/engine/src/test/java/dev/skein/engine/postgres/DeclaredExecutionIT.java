package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.VersionProof.Verdict;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person says at which version a database is of which nothing else tells. */
final class DeclaredExecutionIT {
    private static final String TWO_TABLES = "create table one (n int); create table two (n int)";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void adopt(Plan plan, String version, boolean unproven) {
        fixture.declaring(new DeclaredVersion(version, unproven));
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), plan);
    }

    private static Plan planOf(Framework framework) {
        return framework == Framework.ALEMBIC
                ? Plans.of(
                        framework,
                        Plans.revision("one"),
                        Plans.revision("two", "one"),
                        Plans.revision("three", "two"))
                : Plans.of(framework, ForeignHistory.ONE_TO_THREE);
    }

    /** The books of each framework then say what the framework would have written. */
    @ParameterizedTest
    @EnumSource(Framework.class)
    void rolloutsGoOnFromTheDeclaredVersion(Framework framework) {
        // given
        Plan plan = planOf(framework);
        String second = plan.migrations().get(1).version();
        fixture.execute(TWO_TABLES);
        // when
        adopt(plan, second, true);
        // then
        DatabaseAdopted adopted = fixture.events(DatabaseAdopted.class).get(0);
        assertThat(adopted.findings().version()).contains(second);
        assertThat(adopted.findings().applied()).isEqualTo(2);
        assertThat(adopted.findings().missingCount()).isEqualTo(1);
        assertThat(adopted.findings().proof().orElseThrow().verdict()).isEqualTo(Verdict.UNPROVEN);
        fixture.apply(plan);
        assertThat(fixture.events(StepSucceeded.class))
                .filteredOn(step -> step.outcome() != StepOutcome.DECLARED_DONE)
                .extracting(step -> step.step().migration())
                .containsExactly(plan.migrations().get(2).key());
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void nothingIsWrittenWithoutProofOrWord(Framework framework) {
        Plan plan = planOf(framework);
        fixture.execute(TWO_TABLES);
        adopt(plan, plan.migrations().get(1).version(), false);
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("version-unproven");
        assertThat(fixture.value("select to_regnamespace('skein')")).isNull();
        assertThat(fixture.value("select count(*) from pg_tables where schemaname = 'public'"))
                .isEqualTo("2");
    }

    @Test
    void versionTableThatSaysOtherwiseIsBelievedAndNotThePerson() {
        fixture.execute(ForeignHistory.alembic("one"));
        adopt(planOf(Framework.ALEMBIC), "two", true);
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("version-contradicted");
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .contains("its version table says version one");
    }

    @Test
    void whatTheBooksSayAlreadyIsAdoptedAsItIs() {
        fixture.execute(ForeignHistory.alembic("two"));
        adopt(planOf(Framework.ALEMBIC), "two", false);
        assertThat(fixture.events(DatabaseAdopted.class).get(0).findings().proof().orElseThrow())
                .extracting(proof -> proof.verdict())
                .isEqualTo(Verdict.RECORDED);
        assertThat(fixture.value("select string_agg(version_num, ' ') from alembic_version"))
                .isEqualTo("two");
    }

    @Test
    void surveyTellsWhatAnAdoptionWouldDoAndWritesNothing() {
        fixture.execute(TWO_TABLES);
        fixture.declaring(new DeclaredVersion("2", true));
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), planOf(Framework.SQL));
        assertThat(fixture.events(DatabaseSurveyed.class).get(0).findings().proof().orElseThrow())
                .extracting(proof -> proof.verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(fixture.value("select to_regnamespace('skein')")).isNull();
    }

    /** Nobody may be at work there, and Knex's lock is given back. */
    @Test
    void lockRowOfKnexIsFreeAfterwards() {
        fixture.execute(TWO_TABLES);
        adopt(planOf(Framework.KNEX), "2", true);
        assertThat(fixture.value("select is_locked from knex_migrations_lock")).isEqualTo("0");
        assertThat(fixture.value("select string_agg(name, ' ') from knex_migrations"))
                .isEqualTo("1 2");
    }
}
