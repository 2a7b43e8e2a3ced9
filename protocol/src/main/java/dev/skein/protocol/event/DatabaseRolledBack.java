package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that was to be rolled back is, but for what the remainder names.
 *
 * @param version the version the database is at; absent if it has none
 * @param remainder what stays, and that nothing was undone; absent where all was undone
 */
public record DatabaseRolledBack(
        DatabaseId database,
        RolloutId rollout,
        long epoch,
        Optional<String> version,
        Progress progress,
        Optional<RollbackRemainder> remainder,
        Instant at)
        implements StepEvent {
    /** One that left nothing. */
    public DatabaseRolledBack(
            DatabaseId database,
            RolloutId rollout,
            long epoch,
            Optional<String> version,
            Progress progress,
            Instant at) {
        this(database, rollout, epoch, version, progress, Optional.empty(), at);
    }

    @Override
    public <R> R accept(StepEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        boolean nothing = remainder.filter(RollbackRemainder::nothingUndone).isPresent();
        return (nothing ? "nothing to undo, at version " : "rolled back, now at version ")
                + version.orElse("none")
                + remainder.map(each -> "; " + each.reason()).orElse("");
    }
}
