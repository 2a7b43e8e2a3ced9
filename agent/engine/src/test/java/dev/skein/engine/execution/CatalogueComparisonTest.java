package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.plan.ObjectChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CatalogueComparisonTest {
    private static final ObjectChange MADE =
            new ObjectChange("table public.a", Optional.empty(), Optional.of("1"));
    private static final ObjectChange ALTERED =
            new ObjectChange("column public.b.n", Optional.of("2"), Optional.of("3"));
    private static final ObjectChange ORDER =
            new ObjectChange("column-order public.b", Optional.of("4"), Optional.of("5"));
    private static final List<ObjectChange> CHANGES = List.of(MADE, ALTERED, ORDER);

    @Test
    void allAsAfterIsDone() {
        // when
        CatalogueComparison evidence =
                CatalogueComparison.of(
                        CHANGES, Map.of("table public.a", "1", "column public.b.n", "3"));
        // then
        assertThat(evidence.verdict()).isEqualTo(CatalogueComparison.Verdict.AFTER);
    }

    @Test
    void allAsBeforeIsNotDone() {
        assertThat(CatalogueComparison.of(CHANGES, Map.of("column public.b.n", "2")).verdict())
                .isEqualTo(CatalogueComparison.Verdict.BEFORE);
    }

    @Test
    void halfOfItIsNeitherAndSaysWhichIsWhat() {
        // when
        CatalogueComparison evidence =
                CatalogueComparison.of(
                        CHANGES, Map.of("table public.a", "9", "column public.b.n", "2"));
        // then
        assertThat(evidence.verdict()).isEqualTo(CatalogueComparison.Verdict.NEITHER);
        assertThat(evidence.words())
                .isEqualTo("table public.a neither, column public.b.n as before");
    }

    @Test
    void orderOfColumnsCountsOnlyWhereNothingElseChanged() {
        assertThat(
                        CatalogueComparison.of(List.of(ORDER), Map.of("column-order public.b", "5"))
                                .verdict())
                .isEqualTo(CatalogueComparison.Verdict.AFTER);
    }

    @Test
    void ofManyObjectsTheFirstTenAreNamed() {
        // given
        List<ObjectChange> changes = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            changes.add(new ObjectChange("table t" + i, Optional.empty(), Optional.of("1")));
        }
        // when
        CatalogueComparison evidence = CatalogueComparison.of(changes, Map.of("table t0", "1"));
        // then
        assertThat(evidence.words())
                .isEqualTo(
                        "table t0 as after, table t1 as before, table t2 as before, table t3 as"
                                + " before, table t4 as before, table t5 as before, table t6 as"
                                + " before, table t7 as before, table t8 as before, table t9 as"
                                + " before and 3 more");
    }
}
