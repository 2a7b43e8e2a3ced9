package dev.skein.protocol.log;

import io.vertx.core.Vertx;

/** What feeds, writers, readers and elections of one log share. */
record KafkaParts(
        Vertx vertx,
        LogLimits limits,
        KafkaClients clients,
        RecordCodec codec,
        TopicNames names,
        LogMetrics metrics) {}
