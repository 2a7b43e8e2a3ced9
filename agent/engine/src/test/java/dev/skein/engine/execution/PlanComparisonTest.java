package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanComparisonTest {
    private static final Plan FLYWAY =
            plan(
                    Framework.FLYWAY,
                    versioned("2"),
                    versioned("3"),
                    versioned("4"),
                    versioned("5"),
                    repeatable("views"));

    private static Plan plan(Framework framework, Migration... migrations) {
        return new Plan(framework, Optional.empty(), List.of(migrations));
    }

    private static Migration versioned(String version) {
        return migration(MigrationKind.VERSIONED, version, "");
    }

    private static Migration repeatable(String description) {
        return migration(MigrationKind.REPEATABLE, "", description);
    }

    private static Migration migration(MigrationKind kind, String version, String description) {
        return new Migration(
                kind,
                version,
                description,
                version + description,
                Optional.of("sum"),
                List.of(new ScriptStep("select 1"), new ScriptStep("select 2")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("same")),
                Optional.empty());
    }

    private static VersionHistory.Applied applied(String version, String checksum) {
        return new VersionHistory.Applied(version, Optional.of(version), Optional.of(checksum));
    }

    private static VersionHistory.Applied named(String version) {
        return new VersionHistory.Applied(version, Optional.of(version), Optional.empty());
    }

    private static VersionHistory history(VersionHistory.Applied... applied) {
        return new VersionHistory(List.of(applied), List.of(), Optional.empty());
    }

    private static SurveyFindings compare(Plan plan, VersionHistory history) {
        Survey survey = new Survey(0, 0, List.of(), Optional.of(history));
        return PlanComparison.of(plan, ExecutionScript.DATABASE, survey, false);
    }

    private static LedgerRow row(String migration, int step, LedgerKind kind, boolean completes) {
        return new LedgerRow(
                1,
                1,
                new RolloutId("r-1"),
                kind,
                Optional.of(new StepRef(migration, step, Direction.UP)),
                completes,
                Optional.of("sum"));
    }

    @Test
    void emptyDatabaseMissesAllOfThePlanAndAgreesWithIt() {
        // when
        SurveyFindings found = compare(FLYWAY, history());
        // then
        assertThat(found)
                .isEqualTo(
                        new SurveyFindings(
                                Optional.empty(),
                                0,
                                List.of(new KeyRange("2", "R:views", 5)),
                                List.of(),
                                List.of(),
                                List.of(),
                                false));
        assertThat(found.agrees()).isTrue();
    }

    @Test
    void neighboursThatAreMissingAreOneRangeAndGapsBeginAnother() {
        // when
        SurveyFindings found = compare(FLYWAY, history(applied("3", "sum")));
        // then
        assertThat(found.missing())
                .containsExactly(new KeyRange("2", "2", 1), new KeyRange("4", "R:views", 3));
        assertThat(found.missingCount()).isEqualTo(4);
        assertThat(found.version()).contains("3");
    }

    @Test
    void otherTextDiffersAndAnEquivalentOneDoesNot() {
        // when
        SurveyFindings found =
                compare(FLYWAY, history(applied("2", "same"), applied("3", "old"), named("4")));
        // then
        assertThat(found.differing()).containsExactly(new ChecksumDifference("3", "old", "sum"));
        assertThat(found.agrees()).isFalse();
        assertThat(found.applied()).isEqualTo(3);
    }

    /** As Flyway's validate compares a migration in Java that gives no checksum. */
    @Test
    void oneWithoutAChecksumDiffersFromWhatHasOne() {
        // given
        Migration program =
                new Migration(
                        MigrationKind.VERSIONED,
                        "3",
                        "",
                        "V3",
                        Optional.empty(),
                        List.of(new ScriptStep("select 1")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of("none")),
                        Optional.empty());
        Plan plan = plan(Framework.FLYWAY, program);
        // when
        SurveyFindings asScript = compare(plan, history(applied("3", "7")));
        SurveyFindings asProgram = compare(plan, history(applied("3", "none")));
        // then
        assertThat(asScript.differing()).containsExactly(new ChecksumDifference("3", "7", ""));
        assertThat(asProgram.differing()).isEmpty();
    }

    @Test
    void repeatableMigrationWithAnotherTextIsMissingAndDoesNotDiffer() {
        // given
        VersionHistory.Applied views =
                new VersionHistory.Applied("R:views", Optional.empty(), Optional.of("old"));
        // when
        SurveyFindings found = compare(plan(Framework.FLYWAY, repeatable("views")), history(views));
        // then
        assertThat(found.missing()).containsExactly(new KeyRange("R:views", "R:views", 1));
        assertThat(found.differing()).isEmpty();
        assertThat(found.version()).isEmpty();
    }

    @Test
    void whatIsOlderThanThePlanIsThePastWhereTheFrameworkBearsThat() {
        // given
        VersionHistory past = history(applied("1", "x"), applied("2", "sum"), applied("2.5", "x"));
        // then
        assertThat(compare(FLYWAY, past).unknown()).containsExactly("2.5");
        assertThat(compare(plan(Framework.KNEX, versioned("2")), past).unknown())
                .containsExactly("1", "2.5");
        assertThat(compare(plan(Framework.ALEMBIC, versioned("2")), past).unknown())
                .containsExactly("1", "2.5");
    }

    @Test
    void baselineIsPendingInAnEmptyDatabaseOnlyAndIncludesWhatIsBelowIt() {
        // given
        Plan plan =
                plan(
                        Framework.FLYWAY,
                        versioned("1"),
                        migration(MigrationKind.BASELINE, "2", ""),
                        versioned("3"));
        // then
        assertThat(compare(plan, history()).missing()).containsExactly(new KeyRange("B:2", "3", 2));
        assertThat(compare(plan, history(applied("1", "sum"))).missing())
                .containsExactly(new KeyRange("3", "3", 1));
    }

    @Test
    void versionThatAPersonMarkedCountsAsApplied() {
        // when
        SurveyFindings found =
                compare(FLYWAY, new VersionHistory(List.of(), List.of(), Optional.of("3")));
        // then
        assertThat(found.version()).contains("3");
        assertThat(found.missing()).containsExactly(new KeyRange("4", "R:views", 3));
    }

    @Test
    void failuresOfOthersAreToldAndThoseOfTheLedgerAreNot() {
        // given
        VersionHistory failed =
                new VersionHistory(
                        List.of(applied("2", "sum")), List.of("3", "4"), Optional.empty());
        List<LedgerRow> own =
                List.of(
                        row("4", 0, LedgerKind.DONE, false),
                        row("4", 1, LedgerKind.STARTED, false));
        // when
        SurveyFindings found =
                PlanComparison.of(
                        FLYWAY,
                        ExecutionScript.DATABASE,
                        new Survey(1, 2, own, Optional.of(failed)),
                        true);
        // then
        assertThat(found.failed()).containsExactly("3");
        assertThat(found.lockStuck()).isTrue();
        assertThat(found.agrees()).isFalse();
    }

    @Test
    void ledgerTellsOfAFrameworkWithoutAVersionTable() {
        // given
        List<LedgerRow> rows =
                List.of(
                        row("2", 0, LedgerKind.DONE, false),
                        row("2", 1, LedgerKind.DONE, true),
                        row("3", 0, LedgerKind.DONE, false));
        // when
        SurveyFindings found =
                PlanComparison.of(
                        plan(Framework.SQL, versioned("2"), versioned("3")),
                        ExecutionScript.DATABASE,
                        new Survey(1, 3, rows, Optional.empty()),
                        false);
        // then
        assertThat(found.applied()).isEqualTo(1);
        assertThat(found.version()).contains("2");
        assertThat(found.missing()).containsExactly(new KeyRange("3", "3", 1));
    }
}
