/**
 * How a plan is carried to the fleet: waves, their gates and limits.
 *
 * <p>Values only: a strategy file is read by the orchestrator, which has already put a rollout's
 * defaults into each wave. Example: a canary wave of one database with a soak of ten minutes and an
 * approval, then ten percent, then all.
 */
package dev.skein.protocol.strategy;
