package dev.skein.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void variableOverridesAScalarOfTheFile() {
        String servers =
                read(
                        "kafka: { bootstrap-servers: a }",
                        Map.of("SKEIN_KAFKA_BOOTSTRAP_SERVERS", "b"),
                        settings -> settings.section("kafka").text("bootstrap-servers"));

        assertThat(servers).isEqualTo("b");
    }

    @Test
    void variableStandsInForAKeyAndSectionTheFileLacks() {
        int partitions =
                read(
                        "",
                        Map.of("SKEIN_KAFKA_PARTITIONS", "12"),
                        settings -> settings.section("kafka").number("partitions", 1, 100));

        assertThat(partitions).isEqualTo(12);
    }

    @Test
    void wrongVariableIsNamed() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "port: 80",
                                        Map.of("SKEIN_PORT", ""),
                                        settings -> settings.number("port", 1, 65_535)))
                .isInstanceOf(SettingsInvalid.class)
                .hasMessage("test: port:  is not a whole number from 1 to 65535 (from SKEIN_PORT)");
    }

    @Test
    void keysInsideListsAreNotOverridden() {
        String name =
                read(
                        "servers: [{ name: a }]",
                        Map.of("SKEIN_SERVERS[0]_NAME", "b", "SKEIN_SERVERS_NAME", "c"),
                        settings -> settings.sections("servers").get(0).text("name"));

        assertThat(name).isEqualTo("a");
    }

    @Test
    void optionalSectionIsNotBroughtAboutByAVariable() {
        boolean present =
                read(
                        "",
                        Map.of("SKEIN_TLS_FILE", "x"),
                        settings -> settings.section("tls", tls -> tls.text("file")).isPresent());

        assertThat(present).isFalse();
    }

    private static <T> T read(
            String yaml, Map<String, String> environment, Function<Settings, T> reader) {
        return Settings.read("test", SettingsFile.parse("test", yaml), environment, reader);
    }
}
