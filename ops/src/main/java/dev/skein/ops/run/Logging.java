package dev.skein.ops.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much a command says on standard error beside its own output. */
public final class Logging {
    private Logging() {}

    /** For commands that print their own progress: only what a person must act on. */
    public static void onlyErrors() {
        level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
        embeddedKafkaIsSilent();
    }

    /** For the servers: the embedded broker would fill their output with messages of its own. */
    public static void embeddedKafkaIsSilent() {
        level("kafka", Level.OFF);
        level("org.apache.kafka", Level.OFF);
        level("state.change.logger", Level.OFF);
    }

    private static void level(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }
}
