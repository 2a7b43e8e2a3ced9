package dev.skein.ops.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.lint.rule.AllRules;
import dev.skein.protocol.settings.SettingsInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinterTest {
    private static final String DROP = "alter table customer drop column city";

    @Test
    void findingSaysWhereItsStatementStands() {
        LintReport report =
                LintFixture.lint(
                        List.of(LintFixture.script("select 1;\n\n-- next\n" + DROP + ";\n")));

        Finding finding = report.findings().get(0);
        assertThat(finding.file()).isEqualTo("0001_a.sql");
        assertThat(finding.line()).hasValue(4);
        assertThat(finding.number()).isEqualTo(2);
        assertThat(finding.statement()).isEqualTo(DROP);
        assertThat(finding.object()).isEqualTo("customer.city");
    }

    @Test
    void migrationsAreOfClasses() {
        LintReport report =
                LintFixture.lint(
                        List.of(
                                LintFixture.script("create table t (a int)"),
                                LintFixture.script("insert into customer values (1)"),
                                LintFixture.script(DROP),
                                LintFixture.script("do $$ begin perform 1; end $$")));

        assertThat(report.classes())
                .isEqualTo(
                        Map.of(
                                "1", MigrationClass.ADDITIVE,
                                "2", MigrationClass.DATA,
                                "3", MigrationClass.BREAKING,
                                "4", MigrationClass.UNKNOWN));
    }

    @Test
    void whatIsOutIsNotLookedAtAndItsTablesAreInUse() {
        List<LintFixture.Script> scripts =
                List.of(
                        LintFixture.script("create table t (a int); " + DROP),
                        LintFixture.script("create index on t (a)"));

        LintReport report =
                LintFixture.lint(
                        scripts, LintSettings.none().with(Optional.of("1"), OptionalInt.empty()));

        assertThat(report.findings())
                .extracting(each -> each.rule().id())
                .containsExactly("create-index-not-concurrently");
        assertThat(report.out()).isEqualTo(1);
        assertThat(report.migrations()).isEqualTo(1);
    }

    @Test
    void lastMigrationThatIsOutHasToBeOne() {
        LintSettings settings = LintSettings.none().with(Optional.of("7"), OptionalInt.empty());

        assertThatThrownBy(() -> LintFixture.lint(List.of(LintFixture.script(DROP)), settings))
                .isInstanceOf(LintRefused.class)
                .hasMessage("--since '7' is no migration of the plan; its last one is '1'");
    }

    @Test
    void commentSuppressesAFindingOfTheStatementBelowIt() {
        LintReport report =
                LintFixture.lint(
                        List.of(
                                LintFixture.script(
                                        "-- skein: ignore drop-column because nobody reads it\n"
                                                + DROP
                                                + ";\n"
                                                + DROP)));

        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).line()).hasValue(3);
        assertThat(report.suppressed()).isEqualTo(1);
        assertThat(report.unused()).isEmpty();
    }

    @Test
    void suppressionThatCoversNothingIsNamed() {
        LintReport report =
                LintFixture.lint(
                        List.of(
                                LintFixture.script(
                                        "-- skein: ignore drop-table because it is old\n" + DROP)));

        assertThat(report.unused())
                .containsExactly("0001_a.sql:1: drop-table in migration 1 because it is old");
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void suppressionNeedsARuleAndAReason() {
        List<LintFixture.Script> scripts =
                List.of(
                        LintFixture.script("-- skein: ignore drop-column\n" + DROP),
                        LintFixture.script("-- skein: ignore no-such because why\n" + DROP));

        assertThatThrownBy(() -> LintFixture.lint(scripts))
                .isInstanceOf(LintRefused.class)
                .hasMessageContaining("0001_a.sql:1: 'skein: ignore' needs a rule and a reason")
                .hasMessageContaining("0002_a.sql:1: there is no rule 'no-such'");
    }

    @Test
    void fileSuppressesInOneMigration(@TempDir Path directory) throws IOException {
        LintSettings settings =
                read(
                        directory,
                        "ignore: [{ rule: drop-column, migration: \"1\", because: agreed }]");

        LintReport report =
                LintFixture.lint(
                        List.of(LintFixture.script(DROP), LintFixture.script(DROP)), settings);

        assertThat(report.findings()).extracting(Finding::migration).containsExactly("2");
        assertThat(report.suppressed()).isEqualTo(1);
    }

    @Test
    void oldestServerDecidesWhetherThereIsASafeWay() {
        List<LintFixture.Script> detach =
                List.of(LintFixture.script("alter table m detach partition m_2019"));

        assertThat(remedyOn(13, detach)).isEmpty();
        assertThat(remedyOn(14, detach)).isPresent();
    }

    private static Optional<String> remedyOn(int version, List<LintFixture.Script> scripts) {
        LintSettings settings = LintSettings.none().with(Optional.empty(), OptionalInt.of(version));
        return LintFixture.lint(scripts, settings).findings().get(0).remedy();
    }

    @Test
    void fileIsRefusedWithEveryProblem(@TempDir Path directory) {
        assertThatThrownBy(
                        () ->
                                read(
                                        directory,
                                        "server-version: 9\nignore: [{ rule: no-such }]\nmore: 1"))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageContaining("server-version")
                .hasMessageContaining("there is no rule 'no-such'")
                .hasMessageContaining("because")
                .hasMessageContaining("more");
    }

    private static LintSettings read(Path directory, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve(LintSettings.FILE), yaml);
        return LintSettings.read(file, AllRules.book());
    }
}
