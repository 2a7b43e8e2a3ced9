package dev.skein.orchestrator.strategy;

import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.settings.Durations;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.strategy.FailureBudget;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.WaveGates;
import dev.skein.protocol.strategy.WaveLimits;
import dev.skein.protocol.text.ControlCharacters;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields that a rollout gives to all its waves, and a wave to itself. */
record WaveFields(
        int maxInFlight,
        FailureBudget failureBudget,
        Optional<Duration> deadline,
        OnFailure onFailure,
        Duration soak,
        Approval approval,
        List<CheckStep> checks) {
    private static final int MAX_IN_FLIGHT = 50;
    private static final int NAME_LENGTH_MAX = 200;
    private static final int MAX_IN_FLIGHT_MAX = 100_000;

    static WaveFields defaults() {
        return new WaveFields(
                MAX_IN_FLIGHT,
                FailureBudget.none(),
                Optional.empty(),
                OnFailure.PAUSE,
                Duration.ZERO,
                Approval.NONE,
                List.of());
    }

    /** What is written here, and these values for what is not. */
    WaveFields overriddenBy(Settings settings) {
        List<CheckStep> ownChecks = checks(settings);
        return new WaveFields(
                settings.number("max-in-flight", maxInFlight, 1, MAX_IN_FLIGHT_MAX),
                settings.optionalValue("failure-budget", FailureBudget::parse)
                        .orElse(failureBudget),
                settings.optionalValue("deadline", WaveFields::positive).or(() -> deadline),
                settings.choice("on-failure", onFailure),
                settings.duration("soak", soak),
                settings.choice("approval", approval),
                settings.has("checks") ? ownChecks : checks);
    }

    private static List<CheckStep> checks(Settings settings) {
        Set<String> names = new HashSet<>();
        return settings.sections("checks", each -> check(each, names));
    }

    private static CheckStep check(Settings settings, Set<String> names) {
        String name = name(settings, "check");
        if (!name.isEmpty() && !names.add(name)) {
            settings.problem("name", "'" + name + "' is the name of another check already");
        }
        return new CheckStep(name, settings.text("query"), settings.text("expect"));
    }

    /** The name of a wave or a check; empty where it is wrong. */
    static String name(Settings settings, String what) {
        String name =
                settings.value("name", text -> ControlCharacters.refusedIn(what, bounded(text)));
        return name == null ? "" : name;
    }

    private static String bounded(String name) {
        if (name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "has %d characters; %d are allowed".formatted(name.length(), NAME_LENGTH_MAX));
        }
        return name;
    }

    static Duration positive(String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException(text + " is not above zero; leave it out for none");
        }
        return duration;
    }

    WaveLimits limits() {
        return new WaveLimits(maxInFlight, failureBudget, deadline, onFailure);
    }

    WaveGates gates() {
        return new WaveGates(soak, approval == Approval.REQUIRED, checks);
    }
}
