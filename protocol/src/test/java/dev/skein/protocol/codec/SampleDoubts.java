package dev.skein.protocol.codec;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.StepRetried;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Failures that may have left something behind: what agents added to their reports of before. */
final class SampleDoubts {
    private static final Optional<Boolean> IN_DOUBT = Optional.of(true);

    private SampleDoubts() {}

    static List<FleetEvent> all() {
        return SampleEvents.full().stream().flatMap(SampleDoubts::doubted).toList();
    }

    private static Stream<FleetEvent> doubted(FleetEvent event) {
        if (event instanceof StepRetried retried) {
            return Stream.of(doubted(retried));
        }
        return event instanceof DatabaseFailed failed ? Stream.of(doubted(failed)) : Stream.empty();
    }

    private static FleetEvent doubted(StepRetried sure) {
        return new StepRetried(
                sure.database(),
                sure.rollout(),
                sure.epoch(),
                sure.step(),
                sure.attempt(),
                sure.attemptsMax(),
                sure.failure(),
                sure.retryIn(),
                IN_DOUBT,
                sure.at());
    }

    private static FleetEvent doubted(DatabaseFailed sure) {
        return new DatabaseFailed(
                sure.database(),
                sure.rollout(),
                sure.epoch(),
                sure.kind(),
                sure.step(),
                sure.failure(),
                sure.progress(),
                IN_DOUBT,
                sure.ledgerEpoch(),
                sure.at());
    }
}
