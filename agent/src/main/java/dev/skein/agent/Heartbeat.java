package dev.skein.agent;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogWriter;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the agent's heartbeats. A lost one is not sent again, because the next one is newer.
 * Confined to one context.
 */
final class Heartbeat {
    private static final Logger LOGGER = LoggerFactory.getLogger(Heartbeat.class);

    private final Vertx vertx;
    private final LogWriter writer;
    private final Supplier<AgentHeartbeat> next;
    private long timer = -1;
    private boolean sending;
    private boolean missed;

    Heartbeat(Vertx vertx, LogWriter writer, Supplier<AgentHeartbeat> next) {
        this.vertx = vertx;
        this.writer = writer;
        this.next = next;
    }

    void start(Duration interval) {
        timer = vertx.setPeriodic(interval.toMillis(), id -> beat());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        if (sending) {
            return;
        }
        sending = true;
        AgentHeartbeat beat = next.get();
        Envelope envelope = Envelope.uncounted("agent:" + beat.agent(), beat);
        writer.append(List.of(new Entry(Topic.AGENTS, envelope)))
                .onSuccess(positions -> missed = false)
                .onFailure(this::notTaken)
                .onComplete(done -> sending = false);
    }

    private void notTaken(Throwable failure) {
        if (!missed) {
            LOGGER.atWarn()
                    .addKeyValue("error", failure.getMessage())
                    .log("The log does not take heartbeats; the fleet may see this agent as gone");
        }
        missed = true;
    }
}
