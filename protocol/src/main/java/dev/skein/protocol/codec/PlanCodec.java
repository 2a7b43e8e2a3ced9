package dev.skein.protocol.codec;

import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.plan.Plan;

/** Plans as canonical JSON and back. Safe on any thread. */
public final class PlanCodec {
    private PlanCodec() {}

    /** The plan's identity: the digest of what {@link #write} gives. */
    public static PlanId idOf(Plan plan) {
        return new PlanId(Json.sha256(plan));
    }

    /** The plan as canonical JSON: equal plans give equal bytes. */
    public static byte[] write(Plan plan) {
        return Json.canonical(plan);
    }

    /**
     * Reads a plan, canonical or indented.
     *
     * @throws MalformedJson if it is no plan; the message says where and why
     */
    public static Plan read(byte[] json) {
        return Json.read(json, Plan.class, "plan");
    }
}
