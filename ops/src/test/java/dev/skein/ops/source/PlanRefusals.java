package dev.skein.ops.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused directory is told, a line for each problem. */
public final class PlanRefusals {
    private PlanRefusals() {}

    public static List<String> of(ThrowingCallable reading) {
        PlanRefused refused = catchThrowableOfType(PlanRefused.class, reading);
        assertThat(refused).as("the refusal").isNotNull();
        return refused.problems().stream().map(PlanProblem::describe).toList();
    }
}
