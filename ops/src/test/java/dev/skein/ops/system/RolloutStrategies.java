package dev.skein.ops.system;

import java.util.List;

/** Strategies that many tests open rollouts with. */
final class RolloutStrategies {
    /** The whole fleet in one wave. */
    static final String ALL = "waves: [{ name: all }]";

    private RolloutStrategies() {}

    /** This database alone. */
    static String only(Tenant... tenants) {
        return "{ select: { databases: " + List.of(tenants) + " }, waves: [{ name: all }] }";
    }
}
