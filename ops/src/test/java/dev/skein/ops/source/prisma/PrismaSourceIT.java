package dev.skein.ops.source.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionTableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects as they lie on the disk. */
class PrismaSourceIT {
    @TempDir private Path project;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrations",
                "prisma/migrations",
                "schema/migrations",
                "prisma/schema/migrations",
            })
    void migrationsAreFoundWherePrismaPutsThem(String place) throws IOException {
        write(place + "/1_a/migration.sql", "select 1;");
        Plan found = read(project);
        assertThat(found.migrations()).extracting(Migration::version).containsExactly("1_a");
        assertThat(found).isEqualTo(read(project.resolve(place)));
    }

    @Test
    void placeIsTheOneOfTheConfiguration() throws IOException {
        write("prisma/migrations/1_a/migration.sql", "select 1;");
        write("db/changes/1_b/migration.sql", "select 1;");
        write(
                "prisma.config.ts",
                "export default defineConfig({\n  migrations: { seed: 'x', path: \"db/changes\" }"
                        + "\n});\n");
        assertThat(versions()).containsExactly("1_b");
    }

    @Test
    void placeThatTheConfigurationComputesIsRefusedThoughTheUsualOneIsThere() throws IOException {
        write("prisma/migrations/1_a/migration.sql", "select 1;");
        write("prisma.config.ts", "export default { migrations: { path: process.env.PLACE } };");
        assertThat(refusals())
                .containsExactly(
                        "prisma.config.ts: migrations.path is computed, so where the migrations are"
                                + " cannot be read from it [configuration]. Give the directory of"
                                + " the migrations itself, or write the path as a literal");
    }

    @Test
    void pathsOfAConfigurationAreThoseOfItsOwnDirectory() throws IOException {
        write("prisma/migrations/1_a/migration.sql", "select 1;");
        write("db/1_b/migration.sql", "select 1;");
        write("prisma.ts", "export const client = { migrations: { path: 'nowhere' } };");
        write(".config/prisma.ts", "export default { migrations: { path: '../db' } };");
        assertThat(versions()).containsExactly("1_b");
    }

    @Test
    void placeIsBesideTheSchemaOfTheConfiguration() throws IOException {
        write("db/migrations/1_b/migration.sql", "select 1;");
        write("prisma.config.mjs", "export default { schema: 'db/schema.prisma' }");
        assertThat(versions()).containsExactly("1_b");
    }

    @Test
    void placeIsBesideTheSchemaOfThePackage() throws IOException {
        write("src/db/migrations/1_b/migration.sql", "select 1;");
        write("package.json", "{ \"prisma\": { \"schema\": \"src/db/schema.prisma\" } }");
        assertThat(versions()).containsExactly("1_b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"prisma\": { \"seed\": \"node -e '{}'\", \"schema\": \"db/schema.prisma\" } }",
                "{ \"prisma\": { \"seeds\": { \"a\": \"b\" }, \"schema\": \"db/schema.prisma\" } }",
                "{ \"prisma\": { \"schema\": \"db\\/schema.prisma\" } }",
                "{ \"tools\": { \"prisma\": { \"schema\": \"x/y\" } },"
                        + " \"prisma\": { \"schema\": \"db/schema.prisma\" } }",
            })
    void packageIsReadAsJson(String json) throws IOException {
        write("db/migrations/1_b/migration.sql", "select 1;");
        write("package.json", json);
        assertThat(versions()).containsExactly("1_b");
    }

    @Test
    void packageThatIsNoJsonIsRefusedUnlessTheMigrationsThemselvesAreGiven() throws IOException {
        write("prisma/migrations/1_b/migration.sql", "select 1;");
        write("package.json", "{\n  \"prisma\": { \"schema\": }\n}");
        assertThat(refusals())
                .singleElement()
                .asString()
                .startsWith("package.json:2: the file is not JSON: ")
                .endsWith(
                        "[configuration]. Mend it, or give the directory of the migrations itself");
        assertThat(read(project.resolve("prisma/migrations")).migrations()).hasSize(1);
    }

    @Test
    void linksAreNoMigrationsAndHiddenDirectoriesAre() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        write("migrations/.b/migration.sql", "select 1;");
        write("else/where/migration.sql", "select 1;");
        Files.createSymbolicLink(
                project.resolve("migrations/2_link"), project.resolve("else/where"));
        assertThat(versions()).containsExactly(".b", "1_a");
    }

    @Test
    void projectWithoutMigrationsIsRefused() {
        assertThat(refusals())
                .containsExactly(
                        project
                                + ": no directory with a migration.sql was found here, nor in"
                                + " migrations, prisma/migrations, schema/migrations,"
                                + " prisma/schema/migrations [empty]. Give the directory of the"
                                + " migrations itself");
    }

    @Test
    void projectWithTwoDirectoriesIsRefused() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        write("prisma/migrations/1_b/migration.sql", "select 1;");
        assertThat(refusals())
                .containsExactly(
                        project
                                + ": there is more than one directory of migrations: migrations,"
                                + " prisma/migrations [several-directories]. Give the one that is"
                                + " meant");
    }

    @Test
    void directoryThatIsNotThereIsRefused() {
        Path missing = project.resolve("missing");
        assertThat(PlanRefusals.of(() -> read(missing)))
                .containsExactly(
                        missing
                                + ": the directory cannot be read: it does not exist"
                                + " [no-directory]. Check its name and its permissions");
    }

    @Test
    void emptyDirectoryOfAMigrationIsRefused() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        Files.createDirectory(project.resolve("migrations/2_b"));
        assertThat(refusals())
                .containsExactly(
                        "2_b: the directory has no migration.sql, and Prisma refuses all of them"
                                + " (P3015) [missing-script]. Delete the directory or restore the"
                                + " script");
    }

    @Test
    void versionTableHasASchemaAndNoOtherName() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        VersionTableName name = new VersionTableName(Optional.of("app"), "_prisma_migrations");
        SourceSettings settings = SourceSettings.defaults();
        assertThat(new PrismaSource(note -> {}).read(project, settings.withVersionTable(name)))
                .extracting(Plan::versionTable)
                .isEqualTo(Optional.of(name));

        VersionTableName other = new VersionTableName(Optional.empty(), "history");
        assertThat(
                        PlanRefusals.of(
                                () ->
                                        new PrismaSource(note -> {})
                                                .read(project, settings.withVersionTable(other))))
                .containsExactly(
                        project
                                + ": the version table is given as 'history', and Prisma knows it"
                                + " only as _prisma_migrations [no-version-table]. Leave the"
                                + " version table out, or give SCHEMA._prisma_migrations");
    }

    @Test
    void migrationsAreLeftOutByNameAlsoThoseThatAreGone() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        write("migrations/2_b/migration.sql", "select 2;");
        List<String> notes = new ArrayList<>();
        Plan plan =
                new PrismaSource(notes::add)
                        .read(
                                project,
                                SourceSettings.defaults().withLeftOut(Set.of("1_a", "0_gone")));
        assertThat(plan.migrations()).extracting(Migration::version).containsExactly("2_b");
        assertThat(plan.leftOut()).contains(List.of("0_gone", "1_a"));
        assertThat(notes)
                .containsExactly(
                        "--leave-out 0_gone: no migration here has this name; a database in which"
                                + " it is applied is taken as it is");
    }

    @Test
    void schemaOfTheConnectionIsSaidToHaveNoEffect() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        write("prisma/schema.prisma", "url = \"postgresql://u@h/d?schema=public\"");
        write(".env", "DATABASE_URL=postgresql://u:p@h:1/d?sslmode=require&schema=app\n");
        List<String> notes = new ArrayList<>();
        new PrismaSource(notes::add).read(project, SourceSettings.defaults());
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith(".env: schema=app in the connection's address has no effect");
    }

    @Test
    void otherSettingsOfTheConnectionAreSaidToHaveNoEffect() throws IOException {
        write("migrations/1_a/migration.sql", "select 1;");
        write("prisma/.env", "DATABASE_URL=postgresql://u@h/d?options=-c%20role%3Dapp\n");
        List<String> notes = new ArrayList<>();
        new PrismaSource(notes::add).read(project, SourceSettings.defaults());
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("prisma/.env: role=app in the options of the connection has no effect");
    }

    private List<String> versions() {
        return read(project).migrations().stream().map(Migration::version).toList();
    }

    private List<String> refusals() {
        return PlanRefusals.of(() -> read(project));
    }

    private static Plan read(Path directory) {
        return new PrismaSource(note -> {}).read(directory, SourceSettings.defaults());
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
