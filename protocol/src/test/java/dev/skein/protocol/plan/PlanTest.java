package dev.skein.protocol.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void planWithoutMigrationsIsRefused() {
        assertThatThrownBy(() -> plan())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a plan needs at least one migration");
    }

    @Test
    void twoMigrationsOfOneVersionAreRefused() {
        assertThatThrownBy(() -> plan(versioned("1"), versioned("2"), versioned("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two migrations share the version '1'");
    }

    @Test
    void repeatableMigrationIsIdentifiedByItsDescription() {
        Plan plan = plan(versioned("views"), repeatable("views"));

        assertThat(plan.migration("R:views")).contains(repeatable("views"));
        assertThat(plan.migration("views")).contains(versioned("views"));
        assertThat(plan.migration("3")).isEmpty();
    }

    @Test
    void versionIsThatOfTheLastVersionedMigration() {
        assertThat(plan(versioned("1"), versioned("2"), repeatable("views")).version())
                .isEqualTo("2");
        assertThat(plan(repeatable("views")).version()).isEmpty();
    }

    @Test
    void versionIsThatOfABaselineWhereNothingStandsAboveIt() {
        assertThat(plan(versioned("1"), versioned("2"), baseline("3")).version()).isEqualTo("3");
        assertThat(plan(baseline("3"), repeatable("views")).version()).isEqualTo("3");
        assertThat(plan(versioned("2"), baseline("3"), versioned("4")).version()).isEqualTo("4");
    }

    @Test
    void stepsAreCountedOverAllMigrations() {
        assertThat(plan(versioned("1"), versioned("2")).stepCount()).isEqualTo(4);
    }

    @Test
    void versionedMigrationNeedsAVersion() {
        assertThatThrownBy(() -> versioned(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("versioned migration  .sql has no version");
    }

    @Test
    void planKeepsNothingOfTheListItWasMadeFrom() {
        List<Migration> migrations = new ArrayList<>(List.of(versioned("1")));
        Plan plan = new Plan(Framework.SQL, Optional.empty(), migrations);

        migrations.clear();

        assertThat(plan.migrations()).hasSize(1);
    }

    @Test
    void checkNeedsANameAndAQuery() {
        assertThatThrownBy(() -> new CheckStep(" ", "select 1", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CheckStep("one", " ", "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versionTableNeedsAName() {
        assertThatThrownBy(() -> new VersionTableName(Optional.empty(), " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Plan plan(Migration... migrations) {
        return new Plan(Framework.SQL, Optional.empty(), List.of(migrations));
    }

    private static Migration versioned(String version) {
        return migration(MigrationKind.VERSIONED, version, "", version + ".sql");
    }

    private static Migration baseline(String version) {
        return migration(MigrationKind.BASELINE, version, "", "B" + version + ".sql");
    }

    private static Migration repeatable(String description) {
        return migration(MigrationKind.REPEATABLE, "", description, "R__" + description + ".sql");
    }

    private static Migration migration(
            MigrationKind kind, String version, String description, String script) {
        List<Step> twoSteps = List.of(new ScriptStep("select 1"), new ScriptStep("select 2"));
        return new Migration(
                kind, version, description, script, Optional.empty(), twoSteps, Optional.empty());
    }
}
