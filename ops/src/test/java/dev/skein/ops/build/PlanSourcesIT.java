package dev.skein.ops.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanSourcesIT {
    @TempDir private Path directory;

    @Test
    void plainSqlIsReadFromADirectory() throws URISyntaxException {
        Plan plan = read(Framework.SQL, sample("sql"));
        assertThat(plan.migrations())
                .extracting(Migration::script)
                .containsExactly(
                        "0001_create_customers.up.sql",
                        "0002_index_customers_email.up.sql",
                        "0003_add_customer_state.up.sql");
        assertThat(plan.migrations().get(1).up()).hasOnlyElementsOfType(StatementStep.class);
        assertThat(plan.migrations()).allMatch(migration -> migration.down().isPresent());
    }

    @Test
    void flywayIsReadFromADirectoryAndThoseBelow() throws URISyntaxException {
        Plan plan = read(Framework.FLYWAY, sample("flyway"));
        assertThat(plan.migrations())
                .extracting(Migration::script)
                .containsExactly(
                        "V1__create_customers.sql",
                        "2026/V2__index_customers_email.sql",
                        "2026/V2_1__add_customer_state.sql",
                        "R__active_customers.sql");
        assertThat(plan.migrations().get(2).down()).isPresent();
    }

    private static Plan read(Framework framework, Path directory) {
        return PlanSources.of(framework).read(directory, SourceSettings.defaults());
    }

    private Path sample(String name) throws URISyntaxException {
        return Path.of(getClass().getResource("/migrations/" + name).toURI());
    }

    @Test
    void hiddenDirectoriesAndDirectoriesNamedLikeScriptsAreLeftOut() throws IOException {
        write("V1__a.sql");
        write(".old/V1__b.sql");
        write("V2__c.sql/V3__d.sql");
        assertThat(read(Framework.FLYWAY, directory).migrations())
                .extracting(Migration::script)
                .containsExactly("V1__a.sql", "V2__c.sql/V3__d.sql");

        write("1_a.up.sql");
        Files.delete(directory.resolve("V1__a.sql"));
        assertThat(read(Framework.SQL, directory).migrations()).hasSize(1);
    }

    private void write(String file) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "select 1;");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL", "FLYWAY"})
    void missingDirectoryIsRefused(Framework framework) {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> read(framework, missing))
                .isInstanceOf(PlanRefused.class)
                .hasMessage(
                        "no plan can be built from the %s migrations in %s, 1 problem:\n"
                                        .formatted(framework.label(), missing)
                                + missing
                                + ": the directory cannot be read: it does not exist"
                                + " [no-directory]. Check its name and its permissions");
    }

    @Test
    void fileInsteadOfADirectoryIsRefused() throws IOException {
        write("1_a.up.sql");
        Path file = directory.resolve("1_a.up.sql");
        assertThat(PlanRefusals.of(() -> read(Framework.SQL, file)))
                .containsExactly(
                        file
                                + ": the directory cannot be read: it is no directory"
                                + " [no-directory]. Check its name and its permissions");
    }

    @Test
    void linkThatLeadsNowhereIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("V1__a.sql"), Path.of("nowhere"));
        assertThat(PlanRefusals.of(() -> read(Framework.FLYWAY, directory)))
                .containsExactly(
                        "V1__a.sql: the file cannot be read: it does not exist [unreadable]. Give"
                                + " read permission on it, or take it out of the directory");
    }

    @Test
    void linkBackToADirectoryAboveIsRefused() throws IOException {
        write("V1__a.sql");
        Files.createSymbolicLink(directory.resolve("again"), directory);
        assertThat(PlanRefusals.of(() -> read(Framework.FLYWAY, directory)))
                .containsExactly(
                        directory
                                + ": the directory cannot be read: a link in it leads back to a"
                                + " directory above [no-directory]. Check its name and its"
                                + " permissions");
    }

    @Test
    void versionTableOfPlainSqlIsRefused() throws IOException {
        write("1_a.up.sql");
        SourceSettings settings =
                SourceSettings.defaults()
                        .withVersionTable(new VersionTableName(Optional.empty(), "history"));
        assertThat(PlanRefusals.of(() -> PlanSources.of(Framework.SQL).read(directory, settings)))
                .isEqualTo(
                        List.of(
                                directory
                                        + ": a version table is named, and the format sql has none"
                                        + " [no-version-table]. Leave the version table out"));
    }
}
