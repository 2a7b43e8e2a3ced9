package dev.skein.orchestrator.http;

import java.time.Duration;

/**
 * What bounds the API, for each {@link HttpVerticle}.
 *
 * @param bodyBytesMax the largest body without a plan
 * @param planBytesMax the largest body with a plan
 * @param readsMax reads that may be computed at once; more are answered with 503
 * @param streamsMax event streams that may be open at once; more are answered with 503
 * @param heartbeat how often a stream is written to at least
 */
record HttpLimits(
        long bodyBytesMax, long planBytesMax, int readsMax, int streamsMax, Duration heartbeat) {
    private static final long BODY_BYTES_MAX = 1024 * 1024;
    private static final int READS_MAX = 256;
    private static final int STREAMS_MAX = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** 1 MiB a body without a plan, 256 reads, 200 streams, a heartbeat each 15 s. */
    static HttpLimits of(long planBytesMax) {
        return new HttpLimits(
                Math.min(BODY_BYTES_MAX, planBytesMax),
                planBytesMax,
                READS_MAX,
                STREAMS_MAX,
                HEARTBEAT);
    }

    HttpLimits withStreamsMax(int other) {
        return new HttpLimits(bodyBytesMax, planBytesMax, readsMax, other, heartbeat);
    }

    HttpLimits withReadsMax(int other) {
        return new HttpLimits(bodyBytesMax, planBytesMax, other, streamsMax, heartbeat);
    }

    HttpLimits withHeartbeat(Duration other) {
        return new HttpLimits(bodyBytesMax, planBytesMax, readsMax, streamsMax, other);
    }
}
