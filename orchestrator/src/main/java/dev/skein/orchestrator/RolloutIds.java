package dev.skein.orchestrator;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Names rollouts by the minute (UTC) and a random number, so that they sort by age. */
final class RolloutIds implements Supplier<RolloutId> {
    /** Two of one minute meet once in 65,536 times; opening the second is then refused. */
    private static final int NUMBERS = 1 << 16;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmm").withZone(ZoneOffset.UTC);

    private final Supplier<Instant> clock;

    RolloutIds(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public RolloutId get() {
        int number = ThreadLocalRandom.current().nextInt(NUMBERS);
        return new RolloutId("r-%s-%04x".formatted(MINUTE.format(clock.get()), number));
    }
}
