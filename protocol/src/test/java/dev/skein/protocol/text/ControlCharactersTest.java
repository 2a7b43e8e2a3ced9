package dev.skein.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {
    @Test
    void controlsAreShownAsTheyAreWritten() {
        assertThat(ControlCharacters.shown("a\u001b[31m\r\n\tb\u009bc\u007f\u202e\u2028d"))
                .isEqualTo("a\\x1b[31m\\r\\n\\tb\\x9bc\\x7f\\u202e\\u2028d");
        assertThat(ControlCharacters.shown("größe & co")).isEqualTo("größe & co");
    }

    @Test
    void linesOfALongTextStay() {
        assertThat(ControlCharacters.shownInLines("a\n\tb\u001b[2J\r\n"))
                .isEqualTo("a\n\tb\\x1b[2J\\r\n");
    }

    @Test
    void jsonHoldsThemAsJsonWritesThem() {
        assertThat(ControlCharacters.escapedInJson("{\n  \"a\" : \"\u009b31m\u202e é\"\n}"))
                .isEqualTo("{\n  \"a\" : \"\\u009B31m\\u202E é\"\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\u001b[31m", "a\nb", "\u007f", "\u0085", "\u009b31m"})
    void nameWithAnyOfThemIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ControlCharacters.refusedIn("wave", name))
                .withMessageStartingWith("wave '")
                .withMessageMatching("[^\\p{Cc}]+");
    }

    @Test
    void otherNamesAreTaken() {
        assertThat(ControlCharacters.refusedIn("wave", "Größe 1 / ü")).isEqualTo("Größe 1 / ü");
    }
}
