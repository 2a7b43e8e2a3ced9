package dev.skein.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    @TempDir Path folder;

    @Test
    void fileIsReadWithTheEnvironmentOnTop() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "agent: eu-1\nport: 1\n");

        String agent =
                SettingsFile.read(
                        file,
                        Map.of("SKEIN_PORT", "2"),
                        settings -> settings.text("agent") + ":" + settings.number("port", 1, 9));

        assertThat(agent).isEqualTo("eu-1:2");
    }

    @Test
    void problemsNameTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), "");

        assertThatThrownBy(() -> SettingsFile.read(file, Map.of(), each -> each.text("agent")))
                .hasMessage(file + ": agent: is missing");
    }

    @Test
    void missingFileIsAProblem() {
        Path file = folder.resolve("nowhere.yaml");

        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage(file + ": the file does not exist");
    }

    @Test
    void folderInPlaceOfAFileIsAProblem() {
        assertThatThrownBy(() -> SettingsFile.read(folder))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageStartingWith(folder + ": the file cannot be read: ");
    }

    @Test
    void binaryFileIsAProblem() throws IOException {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> SettingsFile.read(file))
                .hasMessage(file + ": the file is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1;b: [2 | line 2, column",
                "a: b: c | line 1, column 5: mapping values are not allowed here",
                "a: 1;a: 2 | line 2, column 2: Duplicate field 'a'",
                "k: { a: 1, b: 2, a: 3 } | line 1, column 19: Duplicate field 'a'",
                "a: 1;---;b: 2 | line 3, column 1: a second document begins where",
            })
    void malformedYamlSaysWhereAndWhy(String lines, String message) {
        String yaml = lines.replace(';', '\n');

        assertThatThrownBy(() -> SettingsFile.parse("request body", yaml))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageStartingWith("request body: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("reader");
    }

    @Test
    void jsonIsReadToo() {
        assertThat(SettingsFile.parse("body", "{\"a\": [1, true]}").at("/a/1").asBoolean())
                .isTrue();
    }
}
