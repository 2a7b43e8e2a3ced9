package dev.skein.orchestrator.http;

import java.time.Duration;

/**
 * What bounds the API, for each {@link HttpVerticle}.
 *
 * @param bodyBytesMax the largest body without a plan
 * @param planBytesMax the largest body with a plan
 * @param allBodiesBytesMax what bodies under way may take together; more are answered with 503
 * @param bodyWait a body of which nothing came for so long is given up
 * @param readsMax reads that may be computed at once; more are answered with 503
 * @param streamsMax event streams that may be open at once; more are answered with 503
 * @param heartbeat how often a stream is written to at least
 */
record HttpLimits(
        long bodyBytesMax,
        long planBytesMax,
        long allBodiesBytesMax,
        Duration bodyWait,
        int readsMax,
        int streamsMax,
        Duration heartbeat) {
    private static final long BODY_BYTES_MAX = 1024 * 1024;
    private static final int BODIES_AT_ONCE = 16;
    private static final Duration BODY_WAIT = Duration.ofSeconds(30);
    private static final int READS_MAX = 256;
    private static final int STREAMS_MAX = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /**
     * 1 MiB a body without a plan, one with a plan and 16 more at once, 30 s for a chunk, 256
     * reads, 200 streams, a heartbeat each 15 s.
     */
    static HttpLimits of(long planBytesMax) {
        return new HttpLimits(
                Math.min(BODY_BYTES_MAX, planBytesMax),
                planBytesMax,
                planBytesMax + BODIES_AT_ONCE * BODY_BYTES_MAX,
                BODY_WAIT,
                READS_MAX,
                STREAMS_MAX,
                HEARTBEAT);
    }

    HttpLimits withStreamsMax(int other) {
        return new HttpLimits(
                bodyBytesMax,
                planBytesMax,
                allBodiesBytesMax,
                bodyWait,
                readsMax,
                other,
                heartbeat);
    }

    HttpLimits withHeartbeat(Duration other) {
        return new HttpLimits(
                bodyBytesMax,
                planBytesMax,
                allBodiesBytesMax,
                bodyWait,
                readsMax,
                streamsMax,
                other);
    }

    HttpLimits withBodyWait(Duration other) {
        return new HttpLimits(
                bodyBytesMax,
                planBytesMax,
                allBodiesBytesMax,
                other,
                readsMax,
                streamsMax,
                heartbeat);
    }
}
