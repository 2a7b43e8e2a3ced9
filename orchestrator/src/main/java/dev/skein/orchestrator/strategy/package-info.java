/**
 * Reads what a person writes about how a plan is to be carried to the fleet.
 *
 * <p>Example: {@code StrategyReader.read(path)} gives a {@link
 * dev.skein.protocol.strategy.Strategy} in which every wave has all its values, or every problem of
 * the file at once.
 */
package dev.skein.orchestrator.strategy;
