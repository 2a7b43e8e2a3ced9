package dev.skein.ops.run;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.pattern.CompositeConverter;
import dev.skein.protocol.text.ControlCharacters;
import java.util.stream.Collectors;

/**
 * Keeps what a database, a file or a caller says from beginning a line of the log, or steering the
 * terminal that shows it: an event is one line, its stack trace included. Named in {@code
 * logback.xml}.
 */
public final class LogLine {
    private LogLine() {}

    /** Message and keys: {@code %visible(…)}. */
    public static final class Text extends CompositeConverter<ILoggingEvent> {
        @Override
        protected String transform(ILoggingEvent event, String text) {
            return ControlCharacters.shown(text);
        }
    }

    /** The cause, its frames one after the other: {@code %cause}; nothing where there is none. */
    public static final class Cause extends ThrowableProxyConverter {
        private static final String BEGIN = "| ";
        private static final String FRAME = " | ";

        @Override
        protected String throwableProxyToString(IThrowableProxy cause) {
            return super.throwableProxyToString(cause)
                    .lines()
                    .map(line -> ControlCharacters.shown(line.strip()))
                    .collect(Collectors.joining(FRAME, BEGIN, ""));
        }
    }
}
