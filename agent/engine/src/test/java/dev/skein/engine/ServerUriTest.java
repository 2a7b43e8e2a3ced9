package dev.skein.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUriTest {
    @TempDir private Path directory;

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(ServerUri.parse("postgresql://skein@db-1/postgres"))
                .isEqualTo(
                        new ServerUri(
                                "skein",
                                "db-1",
                                5432,
                                "postgres",
                                TlsMode.PREFER,
                                Optional.empty()));
    }

    @Test
    void everyPartMaps() throws IOException {
        // given
        Path authority = Files.createFile(directory.resolve("ca.pem"));

        // when
        ServerUri uri =
                ServerUri.parse(
                        "postgres://deploy%40eu@[::1]:6432/the%20db?sslmode=verify-full"
                                + "&sslrootcert="
                                + authority);

        // then
        assertThat(uri)
                .isEqualTo(
                        new ServerUri(
                                "deploy@eu",
                                "::1",
                                6432,
                                "the db",
                                TlsMode.VERIFY_FULL,
                                Optional.of(authority)));
    }

    @Test
    void whatIsNoAddressIsRefused() {
        refused("mysql://skein@db-1/postgres", "is not of the form");
        refused("postgresql://db-1/postgres", "is not of the form");
        refused("postgresql://skein@/postgres", "is not of the form");
        refused("not a uri", "is not of the form");
        refused("postgresql://skein@db-1", "names no database");
        refused("postgresql://skein@db-1/", "names no database");
        refused("postgresql://skein@db-1:0/postgres", "has port 0");
        refused("postgresql://skein@db-1:65536/postgres", "has port 65536");
        refused("postgresql://skein@db-1/postgres?sslmode=maybe", "has an unknown sslmode 'maybe'");
        refused("postgresql://skein@db-1/postgres?sslkey=x", "has an unknown parameter 'sslkey'");
        refused("postgresql://skein@db-1/postgres?sslrootcert=/nowhere", "which cannot be read");
    }

    @Test
    void aPasswordInItIsRefusedAndNotShown() {
        for (String uri :
                new String[] {
                    "postgresql://skein:hunter2@db-1/postgres",
                    "postgresql://skein:hunter2 @db-1/postgres",
                }) {
            assertThatThrownBy(() -> ServerUri.parse(uri))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    private static void refused(String uri, String reason) {
        assertThatThrownBy(() -> ServerUri.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
