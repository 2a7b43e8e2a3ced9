/**
 * Runs delegated steps: programs of the team, beside the agent.
 *
 * <p>{@link dev.skein.agent.runner.ProcessRunners} is the entry. No part of an order reaches a
 * shell: an order chooses a runner and one migration, both by names that its plan holds, and all
 * else is the configuration's.
 */
package dev.skein.agent.runner;
