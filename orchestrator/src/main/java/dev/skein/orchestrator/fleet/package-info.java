/**
 * What is: the state of the fleet, which is nothing but the fold of the log.
 *
 * <p>The state is a product of folds, each fed by one topic, so that it does not matter how records
 * of different partitions interleave: rollouts from {@code rollouts}; of each database an order
 * part from {@code orders} and a progress part from {@code progress}; agents from {@code agents};
 * plans from {@code plans}. What relates these parts, such as a database's state in a rollout, is
 * computed from them by {@code dev.skein.orchestrator.rollout} and never stored.
 *
 * <p>Example: {@code OrderIssued} of epoch 4 changes only the order part of its database; until a
 * report of epoch 4 has been folded, that order is outstanding.
 */
package dev.skein.orchestrator.fleet;
