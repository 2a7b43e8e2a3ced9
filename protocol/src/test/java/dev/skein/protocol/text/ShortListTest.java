package dev.skein.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShortListTest {
    @Test
    void showsAllWhereTheyFit() {
        assertThat(ShortList.of(List.of(), 2)).isEmpty();
        assertThat(ShortList.of(List.of("a"), 2)).isEqualTo("a");
        assertThat(ShortList.of(List.of("a", "b"), 2)).isEqualTo("a, b");
    }

    @Test
    void countsThoseItLeavesOut() {
        assertThat(ShortList.of(List.of("a", "b", "c"), 2)).isEqualTo("a, b and 1 more");
        assertThat(ShortList.of(List.of("a", "b", "c", "d"), 1)).isEqualTo("a and 3 more");
    }

    @Test
    void restIsEmptyWhereNothingIsLeftOut() {
        assertThat(ShortList.rest(2, 2)).isEmpty();
        assertThat(ShortList.rest(0, 2)).isEmpty();
        assertThat(ShortList.rest(9, 2)).isEqualTo("and 7 more");
    }
}
