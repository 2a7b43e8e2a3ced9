package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.FleetEvent;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EventTypesTest {
    @Test
    void everyEventHasAWireName() {
        assertThat(EventTypes.all().values())
                .map(type -> (Object) type)
                .containsExactlyInAnyOrderElementsOf(SealedTree.leaves(FleetEvent.class).toList());
    }

    @Test
    void wireNamesAreKebabCaseOfToday() {
        EventTypes.all().forEach((name, type) -> assertThat(name).isEqualTo(kebab(type)));
    }

    private static String kebab(Class<?> type) {
        String name = type.getSimpleName();
        return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
