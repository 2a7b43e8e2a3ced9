package dev.skein.ops.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our plan of a location beside what Flyway itself says about it. */
class FlywayAgreementIT {
    @TempDir private Path location;

    /** What both know of a migration. */
    private record Seen(String version, String description, String script, String checksum) {
        static Seen by(MigrationInfo info) {
            return new Seen(
                    Optional.ofNullable(info.getVersion())
                            .map(MigrationVersion::getVersion)
                            .orElse(""),
                    info.getDescription(),
                    info.getScript(),
                    String.valueOf(info.getChecksum()));
        }

        static Seen in(Migration migration) {
            return new Seen(
                    migration.version(),
                    migration.description(),
                    migration.script(),
                    migration.checksum().orElseThrow());
        }
    }

    @Test
    void planNamesOrdersAndSumsUpWhatFlywayDoes() throws IOException {
        write("V001__y.sql", "create table y (id int);\n");
        write("V1_2__x.sql", "create table x (id int);\n\n");
        write("V1.10__after_1.2.sql", "select 1;");
        write("V2__crlf.sql", "create table crlf (\r\n  id int\r\n);\r\n\r\n");
        write("V3__bom.sql", "\uFEFFselect 'marked';\r\nselect 2;\n");
        write("V4__gr\u00f6\u00dfe__in__km.sql", "select 'gr\u00f6\u00dfe \ud83d\udc26';\n");
        write("V5__empty.sql", "");
        write("V6__only_a_comment.sql", "-- nothing\n");
        write("V7.sql", "select 7;");
        write("V7_1__.SQL", "select 7.1;\r");
        write("V8__json.sql", "create table j as select $${\"a\": \"{b}\"}$$::json as j;\n");
        write("deep/er/V0_9__first.sql", "select 0.9;");
        write("deep/V9.0.0__zeros.sql", "select 9;");
        write("V20260131120000__timestamp.sql", "select 1;");
        write("R__b.sql", "create or replace view b as select 1 as one;\r\n");
        write("deep/R__a_view.sql", "\uFEFFcreate or replace view a as select 1 as one;\n");
        write("R__Z.sql", "select 'upper case first';");
        write("U001__y.sql", "drop table y;");
        write("seed.sql", "not a migration;");
        write("readme.txt", "neither");
        write(".git/V99__hidden.sql", "select 99;");

        Flyway flyway = flyway();
        List<Seen> ours =
                PlanSources.of(Framework.FLYWAY)
                        .read(location, SourceSettings.defaults())
                        .migrations()
                        .stream()
                        .map(Seen::in)
                        .toList();
        List<Seen> theirs = Stream.of(flyway.info().all()).map(Seen::by).toList();

        assertThat(ours).hasSize(17).containsExactlyElementsOf(theirs);
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(ours.size());
    }

    @ParameterizedTest
    @CsvSource({
        "V1__a.sql, V1.0__b.sql",
        "V1_1__a.sql, V01.01__a.sql",
        "R__a_b.sql, x/R__a_b.sql",
    })
    void bothRefuseTwoMigrationsOfOneIdentity(String one, String other) throws IOException {
        write(one, "select 1;");
        write(other, "select 1;");
        assertThatThrownBy(() -> flyway().info())
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("Found more than one");
        assertThat(refusals()).hasSize(1).first().asString().contains("[duplicate-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; -- ${owner}",
                "select '${owner}'",
                "select $a${owner}$a$",
            })
    void bothRefuseAPlaceholderWithoutAValue(String sql) throws IOException {
        write("V1__a.sql", sql);
        assertThatThrownBy(() -> flyway().migrate())
                .isInstanceOf(FlywayException.class)
                .hasStackTraceContaining("No value provided for placeholder: ${owner}");
        assertThat(refusals()).hasSize(1).first().asString().contains("${owner}", "[placeholder]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int); create index concurrently i on t (a);",
                "select 1; vacuum;",
                "drop index concurrently if exists i; select 1;",
                "select 1; reindex schema public;",
                "alter system set work_mem = '4MB'; select 1;",
                "select 1; discard all;",
            })
    void bothRefuseAMixedScript(String sql) throws IOException {
        write("V1__a.sql", sql);
        assertThatThrownBy(() -> flyway().migrate())
                .isInstanceOf(FlywayException.class)
                .hasStackTraceContaining("Detected both transactional and non-transactional");
        assertThat(refusals()).hasSize(1).first().asString().contains("[mixed]");
    }

    private List<String> refusals() {
        return PlanRefusals.of(
                () -> PlanSources.of(Framework.FLYWAY).read(location, SourceSettings.defaults()));
    }

    private void write(String file, String text) throws IOException {
        Path path = location.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Flyway flyway() {
        String database = TestServers.freshDatabase("flyway");
        return Flyway.configure()
                .dataSource(TestServers.postgres().jdbcUrl(database), TestPostgres.SUPERUSER, "")
                .locations("filesystem:" + location)
                .load();
    }
}
