package dev.skein.orchestrator.fleet;

import dev.skein.protocol.event.Progress;
import dev.skein.protocol.id.RolloutId;

import java.time.Instant;
import java.util.Optional;

/**
 * What a database's agent has reported about one order so far.
 *
 * @param status what the last report said
 * @param progress steps done and to do, where known
 * @param trouble the last failure, until a step succeeds
 * @param pauseSeen the highest number of a pause that the agent confirmed; 0 for none
 * @param startedAt when the order was accepted, or its first report
 * @param at when the last report was written
 */
public record Report(
        RolloutId rollout,
        long epoch,
        ReportStatus status,
        Optional<Progress> progress,
        Optional<Trouble> trouble,
        int pauseSeen,
        Instant startedAt,
        Instant at) {
    /** Nothing is known yet but that there is a report of this order. */
    static Report first(RolloutId rollout, long epoch, Instant at) {
        return new Report(
                rollout,
                epoch,
                ReportStatus.RUNNING,
                Optional.empty(),
                Optional.empty(),
                0,
                at,
                at);
    }

    Report running(Progress now, Instant when) {
        return with(ReportStatus.RUNNING, Optional.of(now), Optional.empty(), when);
    }

    Report ended(ReportStatus end, Progress now, Instant when) {
        return with(end, Optional.of(now), Optional.empty(), when);
    }

    Report troubled(ReportStatus next, Trouble what) {
        return with(next, progress, Optional.of(what), what.at());
    }

    Report failed(Progress now, Trouble what) {
        return with(ReportStatus.FAILED, Optional.of(now), Optional.of(what), what.at());
    }

    Report paused(int pause, Progress now, Instant when) {
        return new Report(
                rollout,
                epoch,
                status,
                Optional.of(now),
                trouble,
                Math.max(pause, pauseSeen),
                startedAt,
                when);
    }

    private Report with(
            ReportStatus next, Optional<Progress> now, Optional<Trouble> what, Instant when) {
        return new Report(rollout, epoch, next, now, what, pauseSeen, startedAt, when);
    }
}
