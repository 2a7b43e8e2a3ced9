package dev.skein.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
    @TempDir Path folder;

    @Test
    void secretComesFromAFileWithoutItsLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "s3cr et\n");

        assertThat(read("password: { file: " + file + " }").reveal()).isEqualTo("s3cr et");
    }

    @Test
    void secretComesFromTheEnvironment() {
        assertThat(read("password: { env: PG_PASSWORD }").reveal()).isEqualTo("hidden");
    }

    @Test
    void placeOfTheSecretCanBeOverridden() {
        Secret secret =
                Settings.read(
                        "test",
                        SettingsFile.parse("test", ""),
                        Map.of("SKEIN_PASSWORD_ENV", "MINE", "MINE", "x"),
                        settings -> settings.secret("password"));

        assertThat(secret.reveal()).isEqualTo("x");
    }

    @Test
    void secretShowsItselfToNobody() {
        assertThat(new Secret("hidden")).hasToString("(secret)").isEqualTo(new Secret("hidden"));
    }

    @Test
    void optionalSecretMayBeAbsent() {
        boolean present =
                Settings.read(
                        "test",
                        SettingsFile.parse("test", "{}"),
                        Map.of(),
                        settings -> settings.optionalSecret("password").isPresent());

        assertThat(present).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | password: is missing",
                "password: hidden | password: must not be written here; give { file: PATH }",
                "password: {} | password: needs either a file or an env",
                "password: { file: a, env: B } | password: needs either a file or an env",
                "password: { env: NOT_SET } | password: environment variable NOT_SET is not set",
                "password: { env: EMPTY } | password: environment variable EMPTY is empty",
                "password: { file: nowhere.txt } | password: file nowhere.txt does not exist",
                "password: { fil: x, env: PG_PASSWORD } | password.fil: is not a known key; did"
                        + " you",
            })
    void secretThatCannotBeHadIsAProblem(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void emptyPasswordFileIsAProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("empty"), "\n");

        assertThatThrownBy(() -> read("password: { file: " + file + " }"))
                .hasMessage("test: password: file " + file + " is empty");
    }

    @Test
    void unreadablePasswordFileIsAProblem() {
        assertThatThrownBy(() -> read("password: { file: " + folder + " }"))
                .hasMessageStartingWith("test: password: file " + folder + " cannot be read: ");
    }

    private static Secret read(String yaml) {
        return Settings.read(
                "test",
                SettingsFile.parse("test", yaml),
                Map.of("PG_PASSWORD", "hidden", "EMPTY", ""),
                settings -> settings.secret("password"));
    }

    @Test
    void fileThatEveryUserCanReadIsNamedWithTheCommandThatClosesIt(@TempDir Path folder)
            throws IOException {
        Path open = Files.writeString(folder.resolve("open"), "secret");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path closed = Files.writeString(folder.resolve("closed"), "secret");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(SecretSource.exposure(open).orElseThrow())
                .contains("mode rw-r--r--")
                .endsWith("chmod 600 " + open);
        assertThat(SecretSource.exposure(closed)).isEmpty();
    }
}
