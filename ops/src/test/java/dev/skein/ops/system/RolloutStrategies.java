package dev.skein.ops.system;

/** Strategies that many tests open rollouts with. */
final class RolloutStrategies {
    /** The whole fleet in one wave. */
    static final String ALL = "waves: [{ name: all }]";

    private RolloutStrategies() {}

    /** This database alone. */
    static String only(Tenant tenant) {
        return "{ select: { databases: [ " + tenant + " ] }, waves: [{ name: all }] }";
    }
}
