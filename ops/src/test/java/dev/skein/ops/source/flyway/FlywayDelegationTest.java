package dev.skein.ops.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayDelegationTest {
    /** Knows its version itself, as a field that is set when the class is loaded. */
    private static final String OWN_VERSION =
            """
            public class V4_1__Index implements JavaMigration {
                private static final MigrationVersion AT = MigrationVersion.fromVersion("4.2");
                public MigrationVersion getVersion() { return AT; }
                public String getDescription() { return "Index of people"; }
                public Integer getChecksum() { return 70000; }
                public boolean canExecuteInTransaction() { return false; }
                public void migrate(Context context) {}
            }
            """;

    private static final String METHOD =
            """
            public class %s extends BaseJavaMigration {
                public %s
                public void migrate(Context context) {}
            }
            """;

    @TempDir private Path directory;

    private final List<String> notes = new ArrayList<>();
    private JavaProject project;

    @BeforeEach
    void write() {
        project = new JavaProject(directory);
        project.script("V1__a.sql", "create table a (id int);");
    }

    private Plan plan(String... delegated) {
        Delegation delegation = new Delegation(Set.of(delegated), Optional.of("people"));
        Recording how = Recording.defaults();
        return new FlywaySource(notes::add)
                .read(
                        directory,
                        SourceSettings.defaults()
                                .withRecording(
                                        new Recording(
                                                how.program(),
                                                how.environment(),
                                                how.accepted(),
                                                how.scratch(),
                                                delegation)));
    }

    private String refused(String... delegated) {
        return catchThrowableOfType(PlanRefused.class, () -> plan(delegated)).getMessage();
    }

    private static DelegatedStep step(Migration migration) {
        return (DelegatedStep) migration.up().get(0);
    }

    @Test
    void versionIsOneStepWithTheDigestsOfItsClasses() {
        // given
        project.source("Codes", "class Codes { static void check() {} }")
                .source("Other", "class Other {}")
                .migration("V2__Give_codes", "Codes.check();")
                .script("V3__c.sql", "create table c (id int);")
                .script("U2__Give_codes.sql", "update a set id = null;")
                .compile();
        // when
        Plan plan = plan("V2");
        // then
        Migration migration = plan.migrations().get(1);
        assertThat(migration.key()).isEqualTo("2");
        assertThat(migration.description()).isEqualTo("Give codes");
        assertThat(migration.script()).isEqualTo("db.migration.V2__Give_codes");
        assertThat(migration.checksum()).isEmpty();
        assertThat(migration.equivalents()).contains(List.of("none"));
        assertThat(migration.down()).isPresent();
        DelegatedStep step = step(migration);
        assertThat(step.runner()).isEqualTo("people");
        assertThat(step.migration()).isEqualTo("db.migration.V2__Give_codes");
        assertThat(step.atomicity()).isEqualTo(Atomicity.ATOMIC);
        assertThat(step.files())
                .containsOnlyKeys("db/migration/V2__Give_codes.class", "db/migration/Codes.class");
    }

    @Test
    void whatItsCodeGivesCountsMoreThanItsName() {
        project.source("V4_1__Index", OWN_VERSION).compile();

        Migration migration = plan("auto").migrations().get(1);

        assertThat(migration.key()).isEqualTo("4.2");
        assertThat(migration.description()).isEqualTo("Index of people");
        assertThat(migration.checksum()).contains("70000");
        assertThat(step(migration).atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(plan("V4.2").migrations()).hasSize(2);
    }

    @Test
    void commitInOneOfItsClassesMakesItNotAtomic() {
        project.migration("V2__x", "connection.commit();")
                .migration("V3__x", "connection.createStatement().execute(\"do it; COMMIT\");")
                .migration("R__y", "")
                .compile();

        List<Migration> migrations = plan("auto").migrations();

        assertThat(step(migrations.get(1)).atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(step(migrations.get(2)).atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(migrations.get(3).kind()).isEqualTo(MigrationKind.REPEATABLE);
        assertThat(step(migrations.get(3)).atomicity()).isEqualTo(Atomicity.ATOMIC);
    }

    @Test
    void refusalNamesDelegateAndLeaveOutWithWhatTheyMean() {
        project.migration("V2__x", "").compile();

        assertThat(refused())
                .contains(
                        "src/main/java/db/migration/V2__x.java: this is a migration in Java, and"
                                + " the steps of a plan are SQL [not-supported]. Have Flyway run it"
                                + " in each database, by the runner beside the agent, with"
                                + " --delegate V2 (auto for all in Java), write it in SQL, or build"
                                + " the plan without it by --leave-out V2__x.java");
        assertThat(refused("V9"))
                .contains("--delegate names V9, and no migration in Java here is called so");
    }

    @Test
    void whatAClassDoesNotTellWithoutRunningIsRefusedByName() {
        project.migration("V2__not_compiled", "");
        assertThat(refused("auto"))
                .contains("its class db.migration.V2__not_compiled is not there; compile");
        // given
        project.source(
                        "V3__x",
                        METHOD.formatted(
                                "V3__x", "String getDescription() { return \"\" + hashCode(); }"))
                .source("R__y", METHOD.formatted("R__y", "Integer getChecksum() { return 7; }"))
                .source("V5__helper", "class V5__helper {}")
                .source("beforeMigrate", "class beforeMigrate {}")
                .script("beforeEachMigrate.sql", "select 1;")
                .compile();
        // when
        String refused = refused("auto");
        // then
        assertThat(refused)
                .contains("V3__x.java: this migration in Java cannot be delegated")
                .contains("what its method getDescription returns is known to its code alone")
                .contains("R__y.java: this migration in Java cannot be delegated: it is repeatable")
                .contains("beforeMigrate.java: this is a callback in Java for beforeMigrate")
                .contains("beforeEachMigrate.sql: this callback runs in the transaction of each")
                .doesNotContain("V5__helper");
        assertThat(notes).anyMatch(note -> note.contains("V5__helper.java: passed over"));
    }

    @Test
    void checksumThatIsComputedIsNotComparedAndSaidSo() {
        project.source(
                        "V2__x",
                        METHOD.formatted("V2__x", "Integer getChecksum() { return hashCode(); }"))
                .compile();

        Migration migration = plan("auto").migrations().get(1);

        assertThat(migration.checksum()).isEmpty();
        assertThat(migration.equivalents()).isEmpty();
        assertThat(notes).anyMatch(note -> note.contains("checksum is computed by its code"));
    }
}
