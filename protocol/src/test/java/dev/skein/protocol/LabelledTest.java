package dev.skein.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutOutcome;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.OnFailure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Direction.class,
                Framework.class,
                LatePolicy.class,
                MigrationKind.class,
                OnFailure.class,
                OrderKind.class,
                PauseCause.class,
                RollbackScope.class,
                RolloutOutcome.class,
                StepOutcome.class
            })
    void labelsAreDistinctAndInKebabCase(Class<? extends Labelled> type) {
        List<String> labels = Arrays.stream(type.getEnumConstants()).map(Labelled::label).toList();

        assertThat(labels)
                .doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void constantIsFoundByItsLabel() {
        assertThat(Labelled.of(OnFailure.class, "rollback-wave")).contains(OnFailure.ROLLBACK_WAVE);
        assertThat(Framework.of("flyway")).contains(Framework.FLYWAY);
    }

    @Test
    void nothingIsFoundByAnotherName() {
        assertThat(Labelled.of(OnFailure.class, "ROLLBACK_WAVE")).isEmpty();
    }

    @Test
    void choicesListAllLabels() {
        assertThat(Labelled.choices(LatePolicy.class)).isEqualTo("list, join-last-wave");
    }
}
