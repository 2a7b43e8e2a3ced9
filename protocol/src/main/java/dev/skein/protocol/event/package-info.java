/**
 * Everything that can be written to the log: what happened, in the past tense.
 *
 * <p>The author is visible in the type. {@link dev.skein.protocol.event.PlanEvent}, {@link
 * dev.skein.protocol.event.RolloutEvent}, {@link dev.skein.protocol.event.OrderEvent} and {@link
 * dev.skein.protocol.event.LeaderEvent} come from the leading orchestrator, {@link
 * dev.skein.protocol.event.StepEvent} and {@link dev.skein.protocol.event.AgentEvent} from agents.
 * Each of these interfaces belongs to one topic.
 *
 * <p>Example: a database of a rollout writes {@code OrderIssued → OrderAccepted → StepSucceeded … →
 * DatabaseApplied}, all with the order's epoch.
 */
package dev.skein.protocol.event;
