package dev.skein.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.strategy.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Arguments row(
            String yaml, Function<Settings, Object> question, Object expected) {
        return Arguments.of(yaml, question, expected);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                row("k: v", s -> s.text("k"), "v"),
                row("k: 12", s -> s.text("k"), "12"),
                row("k: v", s -> s.text("k", "d"), "v"),
                row("{}", s -> s.text("k", "d"), "d"),
                row("{}", s -> s.optionalText("k").isPresent(), false),
                row("k: eu-1", s -> s.value("k", AgentId::new), new AgentId("eu-1")),
                row("k: 7", s -> s.number("k", 1, 9), 7),
                row("k: 1", s -> s.number("k", 5, 1, 9), 1),
                row("k: 9", s -> s.number("k", 5, 1, 9), 9),
                row("{}", s -> s.number("k", 5, 1, 9), 5),
                row("{}", s -> s.optionalNumber("k", 1, 9).isPresent(), false),
                row("k: 1m", s -> s.duration("k"), MINUTE),
                row("{}", s -> s.duration("k", HOUR), HOUR),
                row("k: 1m", s -> s.duration("k", HOUR, MINUTE, HOUR), MINUTE),
                row("k: 60m", s -> s.duration("k", MINUTE, MINUTE, HOUR), HOUR),
                row("{}", s -> s.optionalDuration("k").isPresent(), false),
                row("k: true", s -> s.flag("k", false), true),
                row("{}", s -> s.flag("k", true), true),
                row("k: 16MiB", s -> s.bytes("k", 1, 0, 1L << 30), 16L << 20),
                row("k: 512", s -> s.bytes("k", 1, 0, 1L << 30), 512L),
                row("{}", s -> s.bytes("k", 1, 0, 9), 1L),
                row(
                        "k: rollback-wave",
                        s -> s.choice("k", OnFailure.class),
                        OnFailure.ROLLBACK_WAVE),
                row("{}", s -> s.choice("k", OnFailure.PAUSE), OnFailure.PAUSE),
                row("k: [a, 2]", s -> s.texts("k"), List.of("a", "2")),
                row("{}", s -> s.texts("k"), List.of()),
                row(
                        "k: { b: 1.10, a: true }",
                        s -> s.labels("k"),
                        Map.of("a", "true", "b", "1.10")),
                row("{}", s -> s.labels("k"), Map.of()),
                row("k: { a: { b: v } }", s -> s.section("k").section("a").text("b"), "v"),
                row("{}", s -> s.section("k").section("a").text("b", "d"), "d"),
                row("k: { a: v }", s -> s.section("k", k -> k.text("a")).orElse(""), "v"),
                row("{}", s -> s.section("k", k -> k.text("a")).isPresent(), false),
                row(
                        "k: [{ a: x }, { a: y }]",
                        s -> s.sections("k", k -> k.text("a")),
                        List.of("x", "y")),
                row("{}", s -> s.sections("k").size(), 0),
                row("k: 1", s -> s.has("k") && s.number("k", 0, 1) == 1, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void questionIsAnsweredFromTheTreeOrByItsDefault(
            String yaml, Function<Settings, Object> question, Object expected) {
        assertThat(read(yaml, question)).isEqualTo(expected);
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                row("{}", s -> s.text("k"), "k: is missing"),
                row("k: ''", s -> s.text("k"), "k: is empty"),
                row("k:", s -> s.text("k", "d"), "k: has no value"),
                row("k: 1.10", s -> s.text("k"), "k: 1.10 is not a text; put it in quotes"),
                row("k: [v]", s -> s.text("k"), "k: is not a text but a list"),
                row("k: a b", s -> s.value("k", AgentId::new), "k: agent 'a b' is not a name"),
                row("{}", s -> s.value("k", AgentId::new).value(), "k: is missing"),
                row("k: 0", s -> s.number("k", 1, 9), "k: 0 is not a whole number from 1 to 9"),
                row("k: 10", s -> s.number("k", 5, 1, 9), "k: 10 is not a whole number from 1"),
                row("k: 1.5", s -> s.number("k", 1, 9), "k: 1.5 is not a whole number from 1"),
                row("k: many", s -> s.number("k", 1, 9), "k: many is not a whole number"),
                row("k: {}", s -> s.number("k", 1, 9), "k: a section of keys is not a whole"),
                row("{}", s -> s.number("k", 1, 9), "k: is missing"),
                row("k: soon", s -> s.duration("k"), "k: 'soon' is not a duration such as 500ms"),
                row("k: 10", s -> s.duration("k", HOUR), "k: '10' is not a duration"),
                row(
                        "k: 59s",
                        s -> s.duration("k", HOUR, MINUTE, HOUR),
                        "k: 59s is not a duration from 1m to 1h"),
                row(
                        "k: 61m",
                        s -> s.duration("k", HOUR, MINUTE, HOUR),
                        "k: 61m is not a duration from 1m to 1h"),
                row("k: maybe", s -> s.flag("k", true), "k: 'maybe' is neither true nor false"),
                row("k: 1 MB", s -> s.bytes("k", 1, 0, 9), "k: '1 MB' is not a size such as"),
                row("k: 1KiB", s -> s.bytes("k", 1, 0, 9), "k: 1KiB is not a size from 0 to 9"),
                row(
                        "k: explode",
                        s -> s.choice("k", OnFailure.PAUSE),
                        "k: 'explode' is none of pause, rollback-wave, rollback-rollout, continue"),
                row("k: v", s -> s.texts("k"), "k: is not a list but a text"),
                row("k: [a, [b]]", s -> s.texts("k"), "k[1]: is not a text but a list"),
                row("k: v", s -> s.labels("k"), "k: is not a section of keys but a text"),
                row("k: { a: [] }", s -> s.labels("k"), "k.a: is not a text but a list"),
                row("k: { a: }", s -> s.labels("k"), "k.a: has no value"),
                row("k: v", s -> s.section("k").text("a", "d"), "k: is not a section of keys"),
                row("{}", s -> s.section("k").text("a"), "k.a: is missing"),
                row("k: {}", s -> s.sections("k"), "k: is not a list but a section of keys"),
                row("k: [v]", s -> s.sections("k"), "k[0]: is not a section of keys but a text"),
                row(
                        "k: [{ a: 1 }, { a: 0 }]",
                        s -> s.sections("k", k -> k.number("a", 1, 9)),
                        "k[1].a: 0 is not a whole number from 1 to 9"),
                row("k: 1", s -> "", "k: is not a known key"),
                row("[]", s -> "", "test: is not a section of keys but a list"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("problems")
    void wrongValueIsAProblemWithItsPath(
            String yaml, Function<Settings, Object> question, String message) {
        assertThatThrownBy(() -> read(yaml, question))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessageStartingWith("test: ")
                .hasMessageContaining(message);
    }

    @Test
    void allProblemsAreReportedTogether() {
        SettingsInvalid invalid =
                catchThrowableOfType(
                        SettingsInvalid.class,
                        () ->
                                read(
                                        "{ servers: [{ databases-in-flight: 0 }], labls: {} }",
                                        settings -> {
                                            settings.text("agent");
                                            settings.labels("labels");
                                            return settings.sections("servers", Server::read);
                                        }));

        assertThat(invalid.problems())
                .containsExactly(
                        new Problem("agent", "is missing"),
                        new Problem("servers[0].name", "is missing"),
                        new Problem(
                                "servers[0].databases-in-flight",
                                "0 is not a whole number from 1 to 100"),
                        new Problem("labls", "is not a known key; did you mean 'labels'?"));
        assertThat(invalid)
                .hasMessage(
                        "test has 4 problems:\n"
                                + "  agent: is missing\n"
                                + "  servers[0].name: is missing\n"
                                + "  servers[0].databases-in-flight:"
                                + " 0 is not a whole number from 1 to 100\n"
                                + "  labls: is not a known key; did you mean 'labels'?");
    }

    @Test
    void whatARecordRefusesIsAProblemOfItsSection() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "servers: [{ name: a/b, databases-in-flight: 4 }]",
                                        settings -> settings.sections("servers", Server::read)))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage("test: servers[0]: 'a/b' holds a slash");
    }

    @Test
    void readerThatGivesUpHalfwayHidesNoUnknownKeysBehindItsOwnProblem() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "{ first: '', second: 2 }",
                                        settings -> {
                                            refuseBlank(settings.text("first"));
                                            return settings.number("second", 1, 9);
                                        }))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage("test: first: is empty");
    }

    @Test
    void errorOfTheReaderItselfIsNotTakenForAProblem() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "{}",
                                        settings -> {
                                            throw new NullPointerException("bug");
                                        }))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void unknownKeyWithoutALikelyMeaningComesWithTheKnownOnes() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "{ name: x, colour: blue }",
                                        settings ->
                                                settings.text("name") + settings.texts("servers")))
                .hasMessage("test: colour: is not a known key; known here are name, servers");
    }

    @Test
    void sectionAskedTwiceKnowsTheKeysOfBoth() {
        String both =
                read(
                        "k: { a: x, b: y }",
                        settings ->
                                settings.section("k").text("a") + settings.section("k").text("b"));

        assertThat(both).isEqualTo("xy");
    }

    @Test
    void readerCanNoteProblemsOfItsOwn() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "k: { a: x }",
                                        settings -> {
                                            settings.section("k").problem("a", "is not today's");
                                            return settings.section("k").text("a");
                                        }))
                .hasMessage("test: k.a: is not today's");
    }

    private static <T> T read(String yaml, Function<Settings, T> reader) {
        return Settings.read("test", SettingsFile.parse("test", yaml), Map.of(), reader);
    }

    private static void refuseBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank");
        }
    }

    private record Server(String name, int databasesInFlight) {
        Server {
            if (name.contains("/")) {
                throw new IllegalArgumentException("'" + name + "' holds a slash");
            }
        }

        static Server read(Settings settings) {
            return new Server(
                    settings.text("name"), settings.number("databases-in-flight", 4, 1, 100));
        }
    }
}
