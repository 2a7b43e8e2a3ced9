package dev.skein.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.SettingsInvalid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunnerConfigTest {
    private static final String IN_SRV = "runners: { a: { directory: /srv, %s } }";

    private static SortedMap<String, RunnerConfig> read(String runners) {
        return Yaml.read(runners, settings -> settings.named("runners", RunnerConfig::read));
    }

    @Test
    void whatIsLeftOutHasADefault() {
        RunnerConfig runner =
                read("runners: { billing: { kind: knex, directory: /srv, command: [knex] } }")
                        .get("billing");

        assertThat(runner.name()).isEqualTo("billing");
        assertThat(runner.kind()).isEqualTo(RunnerKind.KNEX);
        assertThat(runner.command()).containsExactly("knex");
        assertThat(runner.timeLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(runner.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(runner.memoryMax()).isEmpty();
        assertThat(runner.user()).isEmpty();
    }

    @Test
    void eachMistakeIsNamedAtItsKey() {
        SettingsInvalid invalid =
                catchThrowableOfType(
                        SettingsInvalid.class,
                        () ->
                                read(
                                        """
                                        runners:
                                          a: { kind: rails, directory: srv, command: [x] }
                                          b: { kind: knex, directory: /srv }
                                          c:
                                            kind: knex
                                            directory: /srv
                                            command: ["{password}"]
                                          d:
                                            kind: knex
                                            directory: /srv
                                            command: [x]
                                            environment: { A: "{shema}" }
                                          e:
                                            kind: knex
                                            directory: /srv
                                            command: [x]
                                            memory-max: 1KiB
                                        """));

        assertThat(invalid.problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "runners.a.kind",
                        "runners.a.directory",
                        "runners.b.command",
                        "runners.c",
                        "runners.d",
                        "runners.e.memory-max");
        assertThat(invalid.getMessage())
                .contains("{password} would be read on the command line by everybody")
                .contains("{shema} is no placeholder; there are {host}");
    }

    @Test
    void flywaysRunnerNeedsAClassPathAndHasAJava() {
        RunnerConfig runner =
                read("runners: { a: { kind: flyway, directory: /srv, class-path: ['lib/*'] } }")
                        .get("a");

        assertThat(runner.command()).containsExactly("java");
        assertThat(runner.classPath()).containsExactly("lib/*");
        for (String wrong :
                List.of(
                        "kind: flyway",
                        "kind: knex, command: [x], class-path: [a]",
                        "kind: flyway, class-path: ['a:b']",
                        "kind: flyway, class-path: ['{database}']")) {
            assertThat(
                            catchThrowableOfType(
                                            SettingsInvalid.class,
                                            () -> read(IN_SRV.formatted(wrong)))
                                    .problems())
                    .as(wrong)
                    .hasSize(1);
        }
    }

    @Test
    void everyBoundRefuses() {
        for (String entry :
                List.of(
                        "time-limit: 999ms",
                        "time-limit: 169h",
                        "grace: 601s",
                        "memory-max: 15MiB",
                        "directory: srv/app",
                        "command: []",
                        "command: ['{env.TOKEN}']",
                        "command: ['a{label}']",
                        "environment: { A: '{env}' }")) {
            String key = entry.substring(0, entry.indexOf(':'));
            String others =
                    Stream.of("kind: knex", "directory: /srv", "command: [x]")
                            .filter(each -> !each.startsWith(key + ":"))
                            .collect(Collectors.joining(", "));
            assertThat(
                            catchThrowableOfType(
                                            SettingsInvalid.class,
                                            () ->
                                                    read(
                                                            "runners: { a: { %s, %s } }"
                                                                    .formatted(others, entry)))
                                    .problems())
                    .as(entry)
                    .singleElement()
                    .extracting(Problem::path)
                    .asString()
                    .startsWith("runners.a");
        }
    }

    @Test
    void whatIsAtItsBoundIsTaken() {
        RunnerConfig runner =
                read("""
                runners:
                  a:
                    kind: command
                    directory: /srv
                    command: [x, "{database}", "{label.region}"]
                    environment: { TOKEN: "{env.TOKEN}{password}" }
                    time-limit: 7d
                    grace: 0s
                    memory-max: 16MiB
                    as-user: migrations
                """)
                        .get("a");

        assertThat(runner.timeLimit()).isEqualTo(Duration.ofDays(7));
        assertThat(runner.grace()).isZero();
        assertThat(runner.memoryMax()).hasValue(16 << 20);
        assertThat(runner.user()).contains("migrations");
        assertThat(runner.environment()).containsEntry("TOKEN", "{env.TOKEN}{password}");
    }

    @Test
    void valuesAreEncodedInAddressesAlone() {
        Map<String, String> values = Map.of("password", "p@s s/1", "schema", "t 1");

        assertThat(
                        List.of(
                                fill("postgresql://u:{password}@h", values),
                                fill("{schema}", values),
                                fill("{\"a\": 1} {label.region} {env.X}", values)))
                .containsExactly(
                        "postgresql://u:p%40s%20s%2F1@h",
                        "t 1", "{\"a\": 1} <label.region> <env.X>");
    }

    private static String fill(String text, Map<String, String> values) {
        return Placeholders.fill(text, values, name -> "<" + name + ">");
    }
}
