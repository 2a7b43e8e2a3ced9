package dev.skein.orchestrator.runtime;

import java.util.function.BooleanSupplier;

/**
 * What {@link OwnerFleetService} passes calls on to.
 *
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
        BooleanSupplier ready) {}
