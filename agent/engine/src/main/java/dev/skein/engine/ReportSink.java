package dev.skein.engine;

import dev.skein.protocol.codec.Envelope;
import io.vertx.core.Future;

/** Where an execution's reports go: the topic of progress. Called on the execution's context. */
@FunctionalInterface
public interface ReportSink {
    /**
     * Takes one report; reports of one database come in the order of its ledger, without waiting
     * for earlier ones.
     *
     * @return completes when the log has acknowledged it. The sink retries by itself: it fails only
     *     when the process stops
     */
    Future<Void> report(Envelope envelope);
}
