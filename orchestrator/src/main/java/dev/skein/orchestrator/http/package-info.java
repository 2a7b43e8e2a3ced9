/**
 * The HTTP API: what people and programs read of the fleet, and how they ask for something.
 *
 * <p>Reads are computed from the newest {@link dev.skein.orchestrator.fleet.FleetView} on worker
 * threads; requests to change something become commands. Every refusal is a problem document (RFC
 * 9457) with a stable code. The routes, their parameters and the shape of each answer are in {@code
 * openapi.yaml}, which a test holds against the router; the verbs come from {@link
 * dev.skein.orchestrator.http.RolloutVerb}.
 *
 * <p>Example: {@code POST /api/v1/rollouts/r-1/pause} becomes {@code Command.Pause}; once the pause
 * has been folded, the answer shows the rollout {@code draining} or {@code quiesced}.
 */
package dev.skein.orchestrator.http;
