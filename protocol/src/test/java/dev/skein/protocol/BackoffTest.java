package dev.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Test
    void waitDoublesUpToTheLongest() {
        assertThat(BACKOFF.after(1)).hasMillis(100);
        assertThat(BACKOFF.after(2)).hasMillis(200);
        assertThat(BACKOFF.after(7)).hasMillis(6400);
        assertThat(BACKOFF.after(8)).hasMillis(10_000);
        assertThat(BACKOFF.after(Integer.MAX_VALUE)).hasMillis(10_000);
    }

    @Test
    void halfOfTheWaitIsLeftToChance() {
        assertThat(BACKOFF.after(2, 0)).hasMillis(100);
        assertThat(BACKOFF.after(2, 0.5)).hasMillis(150);
        assertThat(BACKOFF.after(2, 1)).hasMillis(200);
    }

    @Test
    void constantWaitNeverGrows() {
        Backoff constant = Backoff.constant(Duration.ofSeconds(2));
        assertThat(constant.after(1)).isEqualTo(constant.after(100)).hasSeconds(2);
    }

    @Test
    void noWaitAndAShrinkingWaitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
