package dev.skein.orchestrator.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.settings.Problem;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.settings.SettingsInvalid;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.OnNewer;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.strategy.WaveSpec;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyReaderTest {
    private static final WaveLimits DESIGN_LIMITS =
            new WaveLimits(
                    50,
                    new FailureBudget(1, true),
                    Optional.of(Duration.ofHours(2)),
                    OnFailure.PAUSE);
    private static final WaveGates NO_GATES = new WaveGates(Duration.ZERO, false, List.of());

    @Test
    void strategyFileOfTheDesignIsRead() throws URISyntaxException {
        Path file = Path.of(getClass().getResource("design.yaml").toURI());

        Strategy strategy = StrategyReader.read(file);

        WaveSpec canary =
                new WaveSpec(
                        "canary",
                        new Selector(List.of(DatabaseId.of("pg-eu-1", "acme")), new TreeMap<>()),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        DESIGN_LIMITS,
                        new WaveGates(Duration.ofMinutes(10), true, List.of()));
        WaveSpec early =
                new WaveSpec(
                        "early",
                        labelled("tier", "free"),
                        OptionalInt.empty(),
                        OptionalInt.of(10),
                        DESIGN_LIMITS,
                        NO_GATES);
        WaveSpec everyone =
                new WaveSpec(
                        "everyone",
                        Selector.all(),
                        OptionalInt.empty(),
                        OptionalInt.of(100),
                        DESIGN_LIMITS,
                        NO_GATES);
        assertThat(strategy)
                .isEqualTo(
                        new Strategy(
                                labelled("product", "billing"),
                                List.of(canary, early, everyone),
                                LatePolicy.LIST,
                                StepLimits.defaults()));
    }

    @Test
    void shortestStrategyIsOneWaveOfEverythingByDefaults() {
        Strategy strategy = read("waves: [{ name: all }]");

        assertThat(strategy)
                .isEqualTo(
                        new Strategy(
                                Selector.all(),
                                List.of(
                                        new WaveSpec(
                                                "all",
                                                Selector.all(),
                                                OptionalInt.empty(),
                                                OptionalInt.empty(),
                                                new WaveLimits(
                                                        50,
                                                        FailureBudget.none(),
                                                        Optional.empty(),
                                                        OnFailure.PAUSE),
                                                NO_GATES)),
                                LatePolicy.LIST,
                                StepLimits.defaults()));
    }

    @Test
    void strategyThatDemandsNoRehearsalIsTheSameAsOneThatDoesNotMentionIt() {
        assertThat(read("{ waves: [{ name: all }], require-rehearsal: false }"))
                .isEqualTo(read("waves: [{ name: all }]"));
    }

    @Test
    void everyKeyOfTheRolloutIsRead() {
        Strategy strategy =
                read(
                        """
                        select: { databases: [pg/a, pg/shared/t_1], labels: { tier: free } }
                        waves: [{ name: one, count: 3 }]
                        max-in-flight: 7
                        failure-budget: 2
                        deadline: 90s
                        on-failure: rollback-wave
                        soak: 5m
                        approval: required
                        checks: [{ name: sane, query: select 1, expect: 1 }]
                        late-databases: join-last-wave
                        lock-timeout: 500ms
                        statement-timeout: 1h
                        pause-between-steps: 2s
                        attempts: 3
                        require-rehearsal: true
                        """);

        assertThat(strategy.needsRehearsal()).isTrue();
        assertThat(strategy.select())
                .isEqualTo(
                        new Selector(
                                List.of(
                                        DatabaseId.of("pg", "a"),
                                        DatabaseId.of("pg", "shared", "t_1")),
                                new TreeMap<>(Map.of("tier", "free"))));
        assertThat(strategy.latePolicy()).isEqualTo(LatePolicy.JOIN_LAST_WAVE);
        assertThat(strategy.stepLimits())
                .isEqualTo(
                        new StepLimits(
                                Duration.ofMillis(500),
                                Optional.of(Duration.ofHours(1)),
                                Duration.ofSeconds(2),
                                3));
        WaveSpec wave = strategy.waves().get(0);
        assertThat(wave.count()).hasValue(3);
        assertThat(wave.limits())
                .isEqualTo(
                        new WaveLimits(
                                7,
                                new FailureBudget(2, false),
                                Optional.of(Duration.ofSeconds(90)),
                                OnFailure.ROLLBACK_WAVE));
        assertThat(wave.gates())
                .isEqualTo(
                        new WaveGates(
                                Duration.ofMinutes(5),
                                true,
                                List.of(new CheckStep("sane", "select 1", "1"))));
    }

    @Test
    void fieldOfAWaveOverridesTheRollouts() {
        Strategy strategy =
                read(
                        """
                        waves:
                          - name: own
                            max-in-flight: 1
                            failure-budget: 0
                            deadline: 1m
                            on-failure: continue
                            soak: 0
                            approval: none
                            checks: []
                          - name: inherited
                        max-in-flight: 7
                        failure-budget: 2%
                        deadline: 1h
                        on-failure: rollback-rollout
                        soak: 5m
                        approval: required
                        checks: [{ name: sane, query: select 1, expect: '1' }]
                        """);

        WaveSpec own = strategy.waves().get(0);
        assertThat(own.limits())
                .isEqualTo(
                        new WaveLimits(
                                1,
                                FailureBudget.none(),
                                Optional.of(Duration.ofMinutes(1)),
                                OnFailure.CONTINUE));
        assertThat(own.gates()).isEqualTo(NO_GATES);
        WaveSpec inherited = strategy.waves().get(1);
        assertThat(inherited.limits().onFailure()).isEqualTo(OnFailure.ROLLBACK_ROLLOUT);
        assertThat(inherited.gates().checks()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "waves: [{name: a, percent: 150}] | waves[0].percent | 150 is not a whole number"
                        + " from 1 to 100",
                "waves: [{name: a, percent: 0}] | waves[0].percent | 0 is not a whole number from 1"
                        + " to 100",
                "waves: [{name: a, count: 0}] | waves[0].count | 0 is not a whole number from 1 to"
                        + " 10000000",
                "waves: [{name: a, count: 1, percent: 1}] | waves[0] | wave 'a' has both a count"
                        + " and a percent; give one",
                "waves: [{name: a}, {name: a}] | waves[1].name | 'a' is the name of another wave"
                        + " already",
                "waves: [{count: 1}] | waves[0].name | is missing",
                "waves: [] | waves | needs at least one wave",
                "soak: 1m | waves | needs at least one wave",
                "waves: [{name: a, databases: [acme]}] | waves[0].databases[0] | database 'acme' is"
                        + " not of the form server/database or server/database/schema",
                "waves: [{name: a, max-in-flight: 0}] | waves[0].max-in-flight | 0 is not a whole"
                        + " number from 1 to 100000",
                "waves: [{name: a, failure-budget: 101%}] | waves[0].failure-budget |"
                        + " failure-budget 101% is not 0% to 100%",
                "waves: [{name: a, failure-budget: few}] | waves[0].failure-budget | failure-budget"
                        + " 'few' is neither a count nor a percentage such as 1%",
                "waves: [{name: a, soak: soon}] | waves[0].soak | 'soon' is not a duration such as"
                        + " 500ms, 2s, 10m or 1h30m",
                "waves: [{name: a, deadline: 0}] | waves[0].deadline | 0 is not above zero; leave"
                        + " it out for none",
                "waves: [{name: a, approval: maybe}] | waves[0].approval | 'maybe' is none of none,"
                        + " required",
                "waves: [{name: a, on-failure: explode}] | waves[0].on-failure | 'explode' is none"
                        + " of pause, rollback-wave, rollback-rollout, continue",
                "waves: [{name: a, checks: [{name: c, query: q}]}] | waves[0].checks[0].expect | is"
                        + " missing",
                "waves: [{name: a, checks: [{name: c, query: q, expect: 1}, {name: c, query: q,"
                    + " expect: 1}]}] | waves[0].checks[1].name | 'c' is the name of another check"
                    + " already",
                "{waves: [{name: a}], late-databases: ignore} | late-databases | 'ignore' is none"
                        + " of list, join-last-wave",
                "{waves: [{name: a}], lock-timeout: 0} | lock-timeout | 0 is not a duration from"
                        + " 1ms to 1d",
                "{waves: [{name: a}], statement-timeout: 0} | statement-timeout | 0 is not above"
                        + " zero; leave it out for none",
                "{waves: [{name: a}], attempts: 0} | attempts | 0 is not a whole number from 1 to"
                        + " 1000",
                "{waves: [{name: a}], attempts: 1001} | attempts | 1001 is not a whole number from"
                        + " 1 to 1000",
            })
    void boundRefuses(String text, String path, String message) {
        SettingsInvalid refused = refused(text);

        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo(path))
                .satisfies(problem -> assertThat(problem.message()).isEqualTo(message));
    }

    @Test
    void allProblemsAreReportedTogetherUnknownKeysCountedIn() {
        SettingsInvalid refused =
                refused(
                        """
                        waves:
                          - name: canary
                            percnt: 10
                          - percent: 200
                        max-inflight: 5
                        """);

        assertThat(refused.problems().stream().map(problem -> problem.path()))
                .contains("waves[0].percnt", "waves[1].percent", "waves[1].name", "max-inflight");
    }

    @Test
    void namesOfWavesAndChecksHaveNoControlCharacters() {
        SettingsInvalid refused =
                refused(
                        """
                        waves:
                          - name: "can\\e[31mary"
                          - name: "all\\x9b31m"
                            checks: [{ name: "a\\nb", query: select 1, expect: 1 }]
                        """);

        assertThat(refused.problems().stream().map(problem -> problem.toString()))
                .containsExactly(
                        "waves[0].name: wave 'can\\x1b[31mary' has a control character; choose a"
                                + " name without",
                        "waves[1].name: wave 'all\\x9b31m' has a control character; choose a name"
                                + " without",
                        "waves[1].checks[0].name: check 'a\\nb' has a control character; choose a"
                                + " name without");
    }

    @Test
    void wavesThatAreNoListAreOneProblem() {
        assertThat(refused("waves: all").problems().stream().map(Problem::toString))
                .containsExactly("waves: is not a list but a text");
    }

    private static SettingsInvalid refused(String text) {
        return catchThrowableOfType(SettingsInvalid.class, () -> read(text));
    }

    private static Strategy read(String yaml) {
        return StrategyReader.read("strategy", SettingsFile.parse("strategy", yaml));
    }

    private static Selector labelled(String key, String value) {
        return new Selector(List.of(), new TreeMap<>(Map.of(key, value)));
    }

    @Test
    void retriesBoundedByTimeAreNotBoundedByTenAttempts() {
        StepLimits limits =
                StrategyReader.read(
                                "test",
                                SettingsFile.parse(
                                        "test",
                                        "{ waves: [{ name: all }], retry-for: 10m, on-newer: leave"
                                                + " }"))
                        .stepLimits();
        assertThat(limits.retryFor()).contains(Duration.ofMinutes(10));
        assertThat(limits.attempts()).isEqualTo(1000);
        assertThat(limits.onNewer()).contains(OnNewer.LEAVE);
    }
}
