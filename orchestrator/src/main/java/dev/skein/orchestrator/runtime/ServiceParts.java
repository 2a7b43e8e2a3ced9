package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Leader;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What {@link OwnerFleetService} passes calls on to.
 *
 * @param otherLeader the leader that is not this orchestrator, as far as the log tells
 * @param ready whether the fold has caught up and continues; asked on any thread
 */
record ServiceParts(
        RuntimePorts ports,
        LogTime time,
        ViewPublisher views,
        TailRing tail,
        Decisions decisions,
        PlanPublisher publishing,
        Leadership leadership,
        BooleanSupplier ready,
        Supplier<Optional<Leader>> otherLeader) {}
