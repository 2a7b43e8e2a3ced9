package dev.skein.orchestrator.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnNewer;
import dev.skein.protocol.strategy.RepeatablePolicy;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.StepLimits;
import dev.skein.protocol.strategy.Strategy;
import dev.skein.protocol.strategy.WaveSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads strategies, from files and from the bodies of requests. Safe on any thread.
 *
 * <p>A field of a wave overrides the rollout's; a wave that selects nothing takes all that earlier
 * waves left.
 */
public final class StrategyReader {
    private static final int COUNT_MAX = 10_000_000;
    private static final int PERCENT_MAX = 100;
    private static final int ATTEMPTS_MAX = 1000;
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(1);
    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private StrategyReader() {}

    /**
     * Reads a file, YAML or JSON.
     *
     * @throws dev.skein.protocol.settings.SettingsInvalid with everything that is wrong
     */
    public static Strategy read(Path file) {
        return read(file.toString(), SettingsFile.read(file));
    }

    /**
     * Reads a tree.
     *
     * @param source what it was read from, for the message
     * @throws dev.skein.protocol.settings.SettingsInvalid with everything that is wrong
     */
    public static Strategy read(String source, JsonNode tree) {
        return Settings.read(source, tree, Collections.emptyMap(), StrategyReader::read);
    }

    /** Reads a section of a larger tree; problems are noted there. */
    public static Strategy read(Settings settings) {
        WaveFields fields = WaveFields.defaults().overriddenBy(settings);
        Selector select = selector(settings.section("select"));
        Set<String> names = new HashSet<>();
        List<WaveSpec> waves = settings.sections("waves", each -> wave(each, fields, names));
        LatePolicy latePolicy = settings.choice("late-databases", LatePolicy.LIST);
        StepLimits stepLimits = stepLimits(settings);
        boolean rehearsed = settings.flag("require-rehearsal", false);
        boolean downs = settings.flag("require-downs", false);
        RepeatablePolicy repeatables = settings.choice("repeatables", RepeatablePolicy.RESTORE);
        if (settings.sections("waves").isEmpty() && !settings.isBroken("waves")) {
            settings.problem("waves", "needs at least one wave");
        }
        return new Strategy(
                select,
                waves,
                latePolicy,
                stepLimits,
                Optional.of(rehearsed),
                Optional.of(downs),
                Optional.of(repeatables));
    }

    private static Selector selector(Settings settings) {
        return new Selector(
                settings.values("databases", DatabaseId::parse), settings.labels("labels"));
    }

    private static WaveSpec wave(Settings settings, WaveFields rollout, Set<String> names) {
        String name = WaveFields.name(settings, "wave");
        if (!name.isEmpty() && !names.add(name)) {
            settings.problem("name", "'" + name + "' is the name of another wave already");
        }
        Selector select = selector(settings);
        OptionalInt count = settings.optionalNumber("count", 1, COUNT_MAX);
        OptionalInt percent = settings.optionalNumber("percent", 1, PERCENT_MAX);
        WaveFields fields = rollout.overriddenBy(settings);
        return new WaveSpec(name, select, count, percent, fields.limits(), fields.gates());
    }

    private static StepLimits stepLimits(Settings settings) {
        StepLimits defaults = StepLimits.defaults();
        Optional<Duration> retryFor = settings.optionalValue("retry-for", WaveFields::positive);
        // Who bounds retries by time alone does not mean ten attempts as well.
        int attempts = retryFor.isPresent() ? ATTEMPTS_MAX : defaults.attempts();
        Optional<OnNewer> onNewer =
                settings.has("on-newer")
                        ? Optional.of(settings.choice("on-newer", OnNewer.FAIL))
                        : Optional.empty();
        return new StepLimits(
                settings.duration("lock-timeout", defaults.lockTimeout(), TIMEOUT_MIN, TIMEOUT_MAX),
                settings.optionalValue("statement-timeout", WaveFields::positive),
                settings.duration("pause-between-steps", defaults.pauseBetweenSteps()),
                settings.number("attempts", attempts, 1, ATTEMPTS_MAX),
                retryFor,
                onNewer);
    }
}
