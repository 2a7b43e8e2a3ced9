package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.FleetService;

/** What every resource stands on. */
record Api(FleetService fleet, ReadExecutor reads, Lookups lookups, Indexes indexes) {
    static final String BASE = "/api/v1";
}
