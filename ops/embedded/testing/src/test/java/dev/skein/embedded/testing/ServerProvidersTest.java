package dev.skein.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
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
        assertThatThrownBy(() -> ServerProviders.of(servers, postgres, engine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "embedded"})
    void embeddedServersAreTheDefaultAndNeedNoEngine(String servers) {
        assertThat(ServerProviders.of(servers, null, NOT_ASKED))
                .isInstanceOf(EmbeddedServers.class);
        assertThat(ServerProviders.of(servers, "", NOT_ASKED)).isInstanceOf(EmbeddedServers.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "14", "15", "16", "17", "18"})
    void containersAreOfTheVersionAskedFor(String postgres) {
        assertThat(ServerProviders.of("containers", postgres, ENGINE))
                .isInstanceOfSatisfying(
                        ContainerServers.class,
                        each -> assertThat(each.postgresImage()).isEqualTo("postgres:" + postgres));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void containersAreOfTheEmbeddedServersVersionWhereNoneIsAskedFor(String postgres) {
        assertThat(ServerProviders.of("containers", postgres, ENGINE))
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
                "-Dskein.it=docker is unknown: give embedded or containers.");
    }
}
