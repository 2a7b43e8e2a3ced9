package dev.skein.protocol.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;

/** The names that kinds of steps and probes have in a plan's JSON. */
final class WireNames {
    private WireNames() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "script", value = ScriptStep.class),
        @Type(name = "statement", value = StatementStep.class),
        @Type(name = "delegated", value = DelegatedStep.class),
        @Type(name = "check", value = CheckStep.class)
    })
    interface Steps {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "index-created", value = Probe.IndexCreated.class),
        @Type(name = "index-dropped", value = Probe.IndexDropped.class),
        @Type(name = "index-rebuilt", value = Probe.IndexRebuilt.class),
        @Type(name = "partition-detached", value = Probe.PartitionDetached.class),
        @Type(name = "harmless", value = Probe.Harmless.class),
        @Type(name = "undecidable", value = Probe.Undecidable.class)
    })
    interface ProbeNames {}
}
