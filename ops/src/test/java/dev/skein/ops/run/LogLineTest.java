package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What the processes' own configuration of logging makes of an event. */
class LogLineTest {
    private static final String HOSTILE =
            "\u001b[31mRED\u001b]0;owned\u0007\r\n2026-01-01 12:00:00.000 INFO forged\u009b\u202e";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configureAsTheProcessesDo() throws JoranException {
        URL configuration = LogLineTest.class.getResource("/logback.xml");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(configuration);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String written(String message, Throwable cause) {
        LoggingEvent event =
                new LoggingEvent(
                        LogLineTest.class.getName(),
                        context.getLogger("dev.skein.Some"),
                        Level.WARN,
                        message,
                        cause,
                        null);
        event.addKeyValuePair(new KeyValuePair("error", HOSTILE));
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static void isOneLine(String line) {
        assertThat(line).endsWith(System.lineSeparator());
        assertThat(line.stripTrailing()).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}].*");
    }

    @Test
    void textOfADatabaseCanNeitherForgeALineNorSteerATerminal() {
        String line = written("step failed", null);
        isOneLine(line);
        assertThat(line)
                .contains("WARN", "step failed error=\"\\x1b[31mRED")
                .contains("\\r\\n2026-01-01 12:00:00.000 INFO forged\\x9b\\u202e");
    }

    @Test
    void causeIsOnTheLineOfItsEvent() {
        IllegalStateException cause =
                new IllegalStateException("outer " + HOSTILE, new RuntimeException("inner"));
        String line = written("step failed", cause);
        isOneLine(line);
        assertThat(line)
                .contains(" | java.lang.IllegalStateException: outer \\x1b[31mRED")
                .contains(" | at dev.skein.ops.run.LogLineTest.causeIsOnTheLineOfItsEvent")
                .contains(" | Caused by: java.lang.RuntimeException: inner");
    }
}
