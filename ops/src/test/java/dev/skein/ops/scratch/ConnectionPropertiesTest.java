package dev.skein.ops.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.ServerUri;
import dev.skein.protocol.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPropertiesTest {
    @TempDir private Path directory;

    private static Properties properties(String parameters) {
        ServerUri uri = ServerUri.parse("postgresql://me@db.example/postgres" + parameters);
        return ConnectionProperties.of(new ScratchAddress(uri, Optional.of(new Secret("word"))));
    }

    @Test
    void roleAndPasswordGoToTheServer() {
        assertThat(properties(""))
                .containsEntry("user", "me")
                .containsEntry("password", "word")
                .containsEntry("sslmode", "prefer")
                .doesNotContainKeys("sslrootcert", "sslfactory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer", "require", "verify-ca", "verify-full"})
    void protectionIsThatOfTheAddress(String mode) {
        assertThat(properties("?sslmode=" + mode)).containsEntry("sslmode", mode);
    }

    @Test
    void authorityIsTheFileThatTheAddressNames() throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "");

        assertThat(properties("?sslmode=verify-full&sslrootcert=" + file))
                .containsEntry("sslrootcert", file.toString())
                .doesNotContainKey("sslfactory");
    }

    @Test
    void withoutAFileTheRuntimesAuthoritiesAreTrusted() {
        assertThat(properties("?sslmode=verify-ca"))
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
}
