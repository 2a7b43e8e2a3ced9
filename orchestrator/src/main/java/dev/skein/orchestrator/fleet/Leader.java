package dev.skein.orchestrator.fleet;

import java.time.Instant;

/**
 * The orchestrator that was elected last.
 *
 * @param url where its HTTP API answers
 */
public record Leader(String orchestrator, String url, Instant since) {}
