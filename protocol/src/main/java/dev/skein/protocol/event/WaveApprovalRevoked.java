package dev.skein.protocol.event;

import dev.skein.protocol.id.RolloutId;
import java.time.Instant;

/**
 * A person took back the approval of the wave after this one, before that had started.
 *
 * @param wave its position in the strategy, from 0
 * @param reason in the person's words; may be empty
 * @param by who asked for it, as the caller gave it
 */
public record WaveApprovalRevoked(RolloutId rollout, int wave, String reason, String by, Instant at)
        implements RolloutEvent {
    @Override
    public <R> R accept(RolloutEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "the approval of wave %d was taken back by %s%s"
                .formatted(wave + 1, by, reason.isEmpty() ? "" : ": " + reason);
    }
}
