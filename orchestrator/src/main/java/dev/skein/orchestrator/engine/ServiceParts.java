package dev.skein.orchestrator.engine;

import java.util.function.BooleanSupplier;

/**
 * What {@link OwnerFleetService} passes calls on to.
 *
 * @param ready whether the fold has caught up and goes on; asked on any thread
 */
record ServiceParts(
        EnginePorts ports,
        Views views,
        TailRing tail,
        Decisions decisions,
        Publishing publishing,
        Leadership leadership,
        BooleanSupplier ready) {}
