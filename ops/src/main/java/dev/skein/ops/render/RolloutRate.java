package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast a rollout goes since the watch began, and when it would end at that rate. Soaks and
 * approvals are not counted in.
 */
final class RolloutRate {
    private static final double MILLIS = 1000.0;

    private Instant since = Instant.MIN;
    private int doneThen;

    String line(JsonNode rollout) {
        int done = WaveBar.finished(rollout.path("counts"));
        Instant now = Instant.now();
        if (since == Instant.MIN || done < doneThen) {
            since = now;
            doneThen = done;
        }
        double seconds = Duration.between(since, now).toMillis() / MILLIS;
        if (done == doneThen || seconds == 0 || !"running".equals(rollout.path("phase").asText())) {
            return "";
        }
        double rate = (done - doneThen) / seconds;
        int left = rollout.path("databases").asInt() - done;
        Instant end = now.plusMillis((long) (left / rate * MILLIS));
        return String.format("%.1f databases/s, at this rate done at %s", rate, Fields.time(end));
    }
}
