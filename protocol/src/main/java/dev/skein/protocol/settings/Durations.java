package dev.skein.protocol.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 10m}, {@code 1h30m}. */
public final class Durations {
    private static final Pattern UNITS =
            Pattern.compile(
                    "(?:(\\d{1,6})d)?(?:(\\d{1,8})h)?(?:(\\d{1,9})m)?"
                            + "(?:(\\d{1,10})s)?(?:(\\d{1,13})ms)?");

    private Durations() {}

    /**
     * Reads days, hours, minutes, seconds and milliseconds in this order, or ISO-8601.
     *
     * @throws IllegalArgumentException if it is neither, or negative
     */
    public static Duration parse(String text) {
        Matcher matcher = UNITS.matcher(text);
        if (!text.isEmpty() && matcher.matches()) {
            return Duration.ofDays(group(matcher, 1))
                    .plusHours(group(matcher, 2))
                    .plusMinutes(group(matcher, 3))
                    .plusSeconds(group(matcher, 4))
                    .plusMillis(group(matcher, 5));
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        return parseIso(text);
    }

    private static long group(Matcher matcher, int index) {
        String digits = matcher.group(index);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Duration parseIso(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException notIso) {
            // Reported below, together with what was negative.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a duration such as 500ms, 2s, 10m or 1h30m");
    }

    /** The duration in the units that {@link #parse} reads; below a millisecond it is cut off. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        append(text, duration.toDaysPart(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.length() == 0 ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
