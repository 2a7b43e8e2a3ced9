package dev.skein.orchestrator.engine;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the fold tells, batch by batch.
 *
 * @param touched the rollouts that something may have become due for
 * @param faults told once, of what stopped the fold
 */
record FoldPorts(
        Supplier<Instant> clock,
        TailRing tail,
        Views views,
        Consumer<Touched> touched,
        FaultHandler faults) {}
