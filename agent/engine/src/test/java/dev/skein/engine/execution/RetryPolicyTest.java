package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often, and for how long, a step is tried that fails for a passing reason. */
final class RetryPolicyTest {
    private static final Plan SCRIPT =
            new Plan(
                    Framework.SQL,
                    Optional.empty(),
                    List.of(
                            new Migration(
                                    MigrationKind.VERSIONED,
                                    "1",
                                    "one",
                                    "V1__one.sql",
                                    Optional.of("49"),
                                    List.of(new ScriptStep("create table a ()")),
                                    Optional.empty())));

    @Test
    void passingFailureIsRetriedWithGrowingWaitsUpToTheLimit() {
        // given
        ExecutionScript script =
                ExecutionScript.executing(OrderKind.APPLY, SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class);
        // when
        for (int attempt = 1; attempt <= 2; attempt++) {
            script.on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true))
                    .done(Action.Write.class);
            assertThat(script.expect(Action.Wait.class).duration())
                    .isEqualTo(Duration.ofMillis(attempt * 100L));
            script.done(Action.Wait.class);
        }
        script.on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true))
                .done(Action.Write.class);
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(script.written())
                .hasExactlyElementsOfTypes(
                        OrderAccepted.class,
                        StepRetried.class,
                        StepRetried.class,
                        DatabaseFailed.class);
    }

    @Test
    void passingFailureIsRetriedForAsLongAsTheStrategySays() {
        // given
        StepLimits limits =
                new StepLimits(
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        Duration.ZERO,
                        1000,
                        Optional.of(Duration.ofMinutes(10)),
                        Optional.empty());
        ExecutionScript script =
                ExecutionScript.executing(ExecutionScript.order(OrderKind.APPLY, limits), SCRIPT)
                        .emptyDatabase()
                        .done(Action.Accept.class)
                        .later(Duration.ofHours(1));
        // when
        for (Duration since : List.of(Duration.ZERO, Duration.ofMinutes(9))) {
            script.later(since)
                    .on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true))
                    .done(Action.Write.class)
                    .done(Action.Wait.class);
        }
        script.later(Duration.ofMinutes(1))
                .on(Action.RunScript.class, ExecutionScript.refused("lock-timeout", true))
                .done(Action.Write.class);
        // then
        assertThat(script.left().end()).isEqualTo(ExecutionEnd.FINISHED);
        assertThat(script.written())
                .hasExactlyElementsOfTypes(
                        OrderAccepted.class,
                        StepRetried.class,
                        StepRetried.class,
                        DatabaseFailed.class);
        assertThat(((DatabaseFailed) script.written().get(3)).failure().message())
                .isEqualTo(
                        "step 1/1 of r-1 (1, up 1): no luck (attempt 3 of 1000, for at most 600"
                                + " s)");
    }
}
