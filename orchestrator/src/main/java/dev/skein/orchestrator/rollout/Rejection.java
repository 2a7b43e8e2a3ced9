package dev.skein.orchestrator.rollout;

/**
 * An expected refusal; nothing is appended.
 *
 * @param message for a person: what was asked, why not, what to do
 */
public record Rejection(RejectionCode code, String message) implements Decision {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}
