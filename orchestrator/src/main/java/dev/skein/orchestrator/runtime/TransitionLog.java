package dev.skein.orchestrator.runtime;

import dev.skein.protocol.codec.EventTypes;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.log.LogRecord;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for each step that a rollout takes; the leader's lines tell the whole story. */
final class TransitionLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(TransitionLog.class);

    private TransitionLog() {}

    static void log(List<LogRecord> folded) {
        folded.forEach(record -> log(record.envelope().event()));
    }

    private static void log(FleetEvent event) {
        if (event instanceof RolloutEvent step) {
            LOGGER.atInfo()
                    .addKeyValue("rollout", step.rollout())
                    .addKeyValue("event", EventTypes.nameOf(step))
                    .log("The rollout has taken a step");
        }
    }
}
