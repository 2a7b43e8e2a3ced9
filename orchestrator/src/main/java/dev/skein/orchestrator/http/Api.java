package dev.skein.orchestrator.http;

import dev.skein.orchestrator.engine.FleetService;

/** What every resource stands on. */
record Api(FleetService fleet, Reads reads, Lookups lookups, Indexes indexes) {
    static final String BASE = "/api/v1";
}
