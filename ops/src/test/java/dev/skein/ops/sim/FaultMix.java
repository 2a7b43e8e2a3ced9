package dev.skein.ops.sim;

/**
 * How often what goes wrong. Each run draws its own mix, many faults left out of it, so that each
 * is seen alone and in every company.
 *
 * @param agentCrash for each action of a walk
 * @param agentRestart orderly, for each heartbeat
 * @param silence of an agent towards the log, for each heartbeat
 * @param leaderCrash for each decision
 * @param lostRequest an append never arrives
 * @param lostAnswer an append arrives and its author hears of an error
 * @param repeated records are delivered once more
 * @param slow a partition is delivered seconds late
 * @param unreachable a connection is refused
 * @param connectionLost for each statement
 * @param zombie a statement whose client is gone goes on
 * @param lockTimeout for each statement
 * @param brokenDatabase a database refuses one step for good
 * @param hidden a database is not found for a while, for each heartbeat
 * @param skewMillis how far a leader's clock may be off
 */
record FaultMix(
        double agentCrash,
        double agentRestart,
        double silence,
        double leaderCrash,
        double lostRequest,
        double lostAnswer,
        double repeated,
        double slow,
        double unreachable,
        double connectionLost,
        double zombie,
        double lockTimeout,
        double brokenDatabase,
        double hidden,
        long skewMillis) {

    private static final double PRESENT = 0.6;

    static FaultMix none() {
        return new FaultMix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static FaultMix draw(Dice dice) {
        return new FaultMix(
                some(dice, 0.03),
                some(dice, 0.03),
                some(dice, 0.05),
                some(dice, 0.08),
                some(dice, 0.08),
                some(dice, 0.08),
                some(dice, 0.3),
                some(dice, 0.1),
                some(dice, 0.3),
                some(dice, 0.1),
                some(dice, 0.9),
                some(dice, 0.3),
                some(dice, 0.4),
                some(dice, 0.03),
                (long) some(dice, 5_000));
    }

    private static double some(Dice dice, double highest) {
        return dice.chance(PRESENT) ? dice.unit() * highest : 0;
    }
}
