package dev.skein.protocol.event;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Databases are to be rolled back to where this rollout found them, or to a version.
 *
 * @param reason for a person
 * @param repair what is repaired in each of them first
 * @param terms how far, and what may stay; all the way and nothing where absent
 * @param by who asked for it, as the caller gave it
 */
public record RollbackRequested(
        RolloutId rollout,
        RollbackScope scope,
        List<DatabaseId> databases,
        String reason,
        String by,
        Optional<Repair> repair,
        Optional<RollbackTerms> terms,
        Instant at)
        implements RolloutSignalEvent {
    /** Copies the list. */
    public RollbackRequested {
        databases = List.copyOf(databases);
    }

    /** A request without a repair. */
    public RollbackRequested(
            RolloutId rollout,
            RollbackScope scope,
            List<DatabaseId> databases,
            String reason,
            String by,
            Instant at) {
        this(rollout, scope, databases, reason, by, Optional.empty(), Optional.empty(), at);
    }

    @Override
    public <R> R accept(RolloutSignalEvent.Visitor<R> visitor) {
        return visitor.on(this);
    }

    @Override
    public String summary() {
        return "%d databases are rolled back%s (%s)%s, asked for by %s: %s"
                .formatted(
                        databases.size(),
                        terms.flatMap(RollbackTerms::to).map(to -> " to " + to).orElse(""),
                        scope.label(),
                        Repair.mention(repair),
                        by,
                        reason);
    }
}
