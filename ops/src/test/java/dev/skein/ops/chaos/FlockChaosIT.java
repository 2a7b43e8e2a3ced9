package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestKafka;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything at once: two orchestrators, four agents and forty databases, with rollouts of both
 * halves side by side, faults and verbs at random. After each round everything that was opened is
 * brought to its end, and the flock is looked at from outside.
 *
 * <p>{@code -Dchaos.seed=} draws the same faults and verbs again; {@code -Dchaos.seconds=} says for
 * how long rounds begin. Moments depend on the machine, so that a seed leads near a failure and not
 * always to it.
 */
class FlockChaosIT {
    private static final Logger LOGGER = LoggerFactory.getLogger(FlockChaosIT.class);
    private static final Duration START_MAX = Duration.ofSeconds(120);
    private static final Duration SETTLED_MAX = Duration.ofMinutes(2);
    private static final int GROWTH_MAX = 4;
    private static final int TROUBLES_MIN = 6;
    private static final int TROUBLES_MAX = 14;
    private static final int GAP_MAX_MILLIS = 1_000;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Duration time = Duration.ofSeconds(Long.getLong("chaos.seconds", 90));
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<FlockKind, Integer> lengths = new EnumMap<>(FlockKind.class);

    @TempDir private Path projects;

    @Test
    void nothingIsDoneTwiceOrLostOrStuckInAnyTroubleP1P2P3P10() {
        LOGGER.atInfo().addKeyValue("seed", seed).log("Faults and verbs are drawn");
        try (TestPostgres server = TestServers.startPostgres();
                TestKafka kafka = TestServers.startKafka()) {
            Flock flock = Flock.create(server);
            try (FlockCrew crew = new FlockCrew(flock, kafka);
                    LogTail tail = LogTail.of(crew.deployment().log())) {
                run(flock, crew, tail);
            }
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "with -Dchaos.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void run(Flock flock, FlockCrew crew, LogTail tail) {
        // given
        FlockOperator operator = new FlockOperator(crew.orchestrators());
        FlockFaults faults = new FlockFaults(flock, crew, random.split());
        FlockVerbs verbs = new FlockVerbs(operator, flock, random.split());
        FlockReference reference = new FlockReference(flock);
        FlockAudit audit = new FlockAudit(flock, reference, operator);
        Waiting.until(
                "all databases in the fleet",
                START_MAX,
                () -> operator.get("/fleet").path("databases").asInt() == Flock.DATABASES);

        // when
        long end = System.nanoTime() + time.toNanos();
        int rounds = 0;
        while (System.nanoTime() < end) {
            rounds++;
            Map<FlockKind, String> rollouts = open(rounds, operator, reference);
            trouble(rollouts, faults, verbs);
            crew.ensureAlive();
            rollouts.values().forEach(rollout -> operator.settle(rollout, SETTLED_MAX));

            // then
            assertThat(audit.run()).as("after round %d", rounds).isEmpty();
        }
        report(rounds, tail, faults, verbs, crew);
        LogAudit log = new LogAudit(tail.upToNow());
        log.sequencesAreDense();
        assertThat(crew.ownEnds()).as("processes that ended by themselves").isEmpty();
    }

    private Map<FlockKind, String> open(
            int round, FlockOperator operator, FlockReference reference) {
        FlockMigrations migrations = new FlockMigrations(projects);
        Map<FlockKind, String> rollouts = new EnumMap<>(FlockKind.class);
        for (FlockKind kind : FlockKind.values()) {
            int length = lengths.merge(kind, 1 + random.nextInt(GROWTH_MAX), Integer::sum);
            reference.growTo(length);
            String name = "round-" + round + "-" + kind.label();
            rollouts.put(
                    kind, operator.open(name, kind, migrations.plan(kind, length), strategy(kind)));
        }
        return rollouts;
    }

    private String strategy(FlockKind kind) {
        return """
        select: { labels: { kind: %s } }
        waves: [{ name: one, count: 1 }, { name: some, count: 6 }, { name: rest }]
        max-in-flight: %d
        failure-budget: %d
        """
                .formatted(kind.label(), 2 + random.nextInt(6), random.nextInt(3));
    }

    private void trouble(Map<FlockKind, String> rollouts, FlockFaults faults, FlockVerbs verbs) {
        int troubles = TROUBLES_MIN + random.nextInt(TROUBLES_MAX - TROUBLES_MIN);
        for (int each = 0; each < troubles; each++) {
            Waiting.pass(Duration.ofMillis(random.nextInt(GAP_MAX_MILLIS)));
            if (random.nextBoolean()) {
                FlockKind kind = FlockKind.values()[random.nextInt(FlockKind.values().length)];
                verbs.one(kind, rollouts.get(kind));
            } else {
                faults.one();
            }
        }
    }

    private void report(
            int rounds, LogTail tail, FlockFaults faults, FlockVerbs verbs, FlockCrew crew) {
        LOGGER.atInfo()
                .addKeyValue("seed", seed)
                .addKeyValue("rounds", rounds)
                .addKeyValue("steps", tail.steps())
                .addKeyValue("faults", text(faults.done()))
                .addKeyValue("verbs", text(verbs.answers()))
                .addKeyValue("endedByThemselves", crew.ownEnds().size())
                .log("The flock has survived");
    }

    private static String text(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
