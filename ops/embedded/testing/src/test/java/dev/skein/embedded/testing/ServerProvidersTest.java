package dev.skein.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProvidersTest {
    private static final BooleanSupplier ENGINE = () -> true;
    private static final BooleanSupplier NO_ENGINE = () -> false;
    private static final BooleanSupplier NOT_ASKED =
            () -> {
                throw new AssertionError("embedded servers need no container engine");
            };

    private static void refused(
            String servers, String postgres, BooleanSupplier engine, String why) {
        assertThatThrownBy(() -> ServerProviders.of(servers, postgres, null, engine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "embedded"})
    void embeddedServersAreTheDefaultAndNeedNoEngine(String servers) {
        assertThat(ServerProviders.of(servers, null, null, NOT_ASKED))
                .isInstanceOf(EmbeddedServers.class);
        assertThat(ServerProviders.of(servers, "", null, NOT_ASKED))
                .isInstanceOf(EmbeddedServers.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "14", "15", "16", "17", "18"})
    void containersAreOfTheVersionAskedFor(String postgres) {
        assertThat(ServerProviders.of("containers", postgres, null, ENGINE))
                .isInstanceOfSatisfying(
                        ContainerServers.class,
                        each -> assertThat(each.postgresImage()).isEqualTo("postgres:" + postgres));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void containersAreOfTheEmbeddedServersVersionWhereNoneIsAskedFor(String postgres) {
        assertThat(ServerProviders.of("containers", postgres, null, ENGINE))
                .isInstanceOfSatisfying(
                        ContainerServers.class,
                        each -> assertThat(each.postgresImage()).isEqualTo("postgres:17"));
    }

    @Test
    void containersWithoutAnEngineAreRefusedInOneLineAndNeverReplaced() {
        refused(
                "containers",
                "16",
                NO_ENGINE,
                "-Dskein.it=containers is given and no container engine answers: start one, name it"
                        + " by DOCKER_HOST, or leave the property out for embedded servers.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "19", "16.2", "latest", "-1"})
    void versionsThatAreNotTestedAreRefused(String postgres) {
        refused(
                "containers",
                postgres,
                ENGINE,
                "-Dskein.postgres="
                        + postgres
                        + " is no version to test with: give a major version, 13 to 18.");
    }

    @Test
    void aVersionWithoutContainersIsRefused() {
        refused(
                "embedded",
                "16",
                NOT_ASKED,
                "-Dskein.postgres=16 chooses a container: give -Dskein.it=containers with it, or"
                        + " the embedded server's version as -Dpostgres-binaries.version.");
    }

    @Test
    void anUnknownProviderIsRefused() {
        refused(
                "docker",
                null,
                NOT_ASKED,
                "-Dskein.it=docker is unknown: give embedded, installed or containers.");
    }

    @Test
    void installedServerIsTheNewestOfThoseThatAreThere(@TempDir Path home) throws IOException {
        for (String version : List.of("9.6", "14", "15", "main")) {
            Path bin = Files.createDirectories(home.resolve(version).resolve("bin"));
            for (String program : List.of("initdb", "postgres")) {
                assertThat(Files.createFile(bin.resolve(program)).toFile().setExecutable(true))
                        .isTrue();
            }
        }
        Files.createDirectories(home.resolve("16").resolve("bin"));

        assertThat(InstalledPostgres.newest(home)).isEqualTo(home.resolve("15").resolve("bin"));
        assertThat(ServerProviders.of("installed", null, home + "/15/bin", NOT_ASKED))
                .isInstanceOf(EmbeddedServers.class);
        assertThatThrownBy(() -> ServerProviders.of("installed", null, "" + home, NOT_ASKED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "-Dskein.postgres.installed=%s holds no initdb and postgres: give the bin"
                                + " directory of a server.",
                        home);
        assertThatThrownBy(() -> InstalledPostgres.newest(home.resolve("16")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("-Dskein.it=installed is given and there is no PostgreSQL");
    }
}
