package dev.skein.protocol.log;

import java.time.Duration;

/**
 * How long the log waits and how much it holds.
 *
 * @param deliveryTimeout an append that the brokers did not acknowledge for so long has failed
 * @param answerTimeout a request that the brokers did not answer for so long has failed; reading
 *     one record waits as long for it to appear
 * @param sessionTimeout a leader silent for so long is deposed
 * @param recordsQueuedMax records read but not yet taken by one feed's sink; beyond it the feed
 *     pauses
 * @param appendsWaitingMax appends of one writer that may wait; beyond it they fail
 */
public record LogLimits(
        Duration deliveryTimeout,
        Duration answerTimeout,
        Duration sessionTimeout,
        int recordsQueuedMax,
        int appendsWaitingMax) {
    private static final Duration TIMEOUT_MIN = Duration.ofSeconds(1);

    /** 60 s for delivery, 15 s for answers, 10 s for sessions; 2,000 records, 10,000 appends. */
    public static final LogLimits DEFAULT =
            new LogLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    2_000,
                    10_000);

    /**
     * @throws IllegalArgumentException if a time is below 1 s or a number below 1
     */
    public LogLimits {
        require("delivery timeout", deliveryTimeout);
        require("answer timeout", answerTimeout);
        require("session timeout", sessionTimeout);
        require("records queued", recordsQueuedMax);
        require("appends waiting", appendsWaitingMax);
    }

    /** With other times. */
    public LogLimits withTimeouts(Duration delivery, Duration answer) {
        return new LogLimits(delivery, answer, sessionTimeout, recordsQueuedMax, appendsWaitingMax);
    }

    private static void require(String what, Duration timeout) {
        if (timeout.compareTo(TIMEOUT_MIN) < 0) {
            throw new IllegalArgumentException(
                    "%s of %d ms is below 1 s".formatted(what, timeout.toMillis()));
        }
    }

    private static void require(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("%s %d is below 1".formatted(what, number));
        }
    }
}
