package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.text.ShortList;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** Small pieces of the sentences that people read. */
final class Texts {
    private static final int NAMED_MAX = 5;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssX").withZone(ZoneOffset.UTC);

    private Texts() {}

    /** Such as {@code 2026-11-30 23:36:56Z}: the first whole second at which it has come. */
    static String time(Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        return TIME.format(second.equals(at) ? second : second.plusSeconds(1));
    }

    /** Such as {@code 45 s}, {@code 12 min}, {@code 3 h 5 min}. */
    static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        if (seconds < 2 * HOUR) {
            return seconds / MINUTE + " min";
        }
        return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
    }

    static String span(Instant from, Instant to) {
        return span(Duration.between(from, to));
    }

    /** Such as {@code 1 database} or {@code 12 databases}. */
    static String databases(int count) {
        return count + (count == 1 ? " database" : " databases");
    }

    static String waves(int count) {
        return count + (count == 1 ? " wave" : " waves");
    }

    /** {@code " is"} or {@code " are"}. */
    static String are(int count) {
        return count == 1 ? " is" : " are";
    }

    /** The first five by name, and how many more there are. */
    static String named(Collection<DatabaseId> databases) {
        List<String> sorted = databases.stream().sorted().map(DatabaseId::toString).toList();
        return ShortList.of(sorted, NAMED_MAX);
    }

    /** The reason in words, or nothing. */
    static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
