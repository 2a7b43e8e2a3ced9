package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CheckExecutionIT {
    private static final Plan PLAN = Plans.sql(Plans.oneWay("1", "create table a (n int)"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void checksOfTheOrderRunAfterTheLastStep() {
        // given
        fixture.checks(
                new CheckStep("table is empty", "select count(*) from a", "0"),
                new CheckStep("truth", "select true -- as text", "true"));
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.events(StepSucceeded.class))
                .extracting(step -> step.step().direction())
                .containsExactly(Direction.UP, Direction.CHECK, Direction.CHECK);
        assertThat(fixture.events(DatabaseApplied.class).get(0).progress()).hasToString("3/3");
    }

    @Test
    void wrongAnswerFailsTheDatabaseAndShowsBothValues() {
        // given
        fixture.checks(new CheckStep("table is full", "select count(*) from a", "7"));
        // when
        fixture.apply(PLAN);
        // then
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("check-failed");
        assertThat(failed.failure().message())
                .endsWith("check 'table is full' expected '7' and got '0'");
        assertThat(fixture.exists("a")).isTrue();
    }

    @Test
    void longAnswerIsNotPutIntoTheLog() {
        // given
        fixture.checks(new CheckStep("secret", "select repeat('x', 500)", "y"));
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().message())
                .endsWith("got a text of 500 characters");
    }

    @Test
    void checkCanChangeNothing() {
        // given
        fixture.checks(new CheckStep("sly", "insert into a values (1) returning n", "1"));
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.events(DatabaseFailed.class).get(0).failure().code())
                .isEqualTo("read-only");
    }

    @Test
    void checkWithinAMigrationIsAStepOfIt() {
        // given
        Plan plan =
                Plans.sql(
                        Plans.migration(
                                "1",
                                List.of(
                                        Plans.script("create table a (n int)"),
                                        new CheckStep("empty", "select count(*) from a", "0")),
                                Optional.empty()));
        // when
        fixture.apply(plan);
        // then
        assertThat(fixture.eventNames())
                .containsExactly(
                        "OrderAccepted", "StepSucceeded", "StepSucceeded", "DatabaseApplied");
    }
}
