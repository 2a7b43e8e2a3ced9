package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.FleetService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What the API stands on.
 *
 * @param fleet answers everything about the fleet
 * @param registry what {@code /metrics} shows, and where the API counts its requests
 */
public record HttpPorts(FleetService fleet, PrometheusMeterRegistry registry) {}
