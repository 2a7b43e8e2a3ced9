package dev.skein.protocol.event;

import dev.skein.protocol.id.LogId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the orchestrator knew when it issued an order, and what a person told it.
 *
 * @param log the log of the order; absent while the log has no identity
 * @param version the version the database was last said to be at
 * @param repairUpTo the epoch of the order that a person looked at before asking for a repair: it
 *     says nothing of what later orders left
 * @param declared the version at which a person says that the database is, in an order to survey or
 *     to adopt
 */
public record OrderBasis(
        Optional<LogId> log,
        Optional<String> version,
        OptionalLong repairUpTo,
        Optional<DeclaredVersion> declared) {
    /** What was known where nobody has declared anything. */
    public OrderBasis(Optional<LogId> log, Optional<String> version, OptionalLong repairUpTo) {
        this(log, version, repairUpTo, Optional.empty());
    }

    /** Nothing was known: an order of a version that did not say. */
    public static OrderBasis unknown() {
        return new OrderBasis(Optional.empty(), Optional.empty(), OptionalLong.empty());
    }
}
