package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Strategies.labelled;
import static dev.skein.orchestrator.rollout.Strategies.named;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.FleetInventory;
import dev.skein.protocol.event.WaveTargets;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.Selector;
import dev.skein.protocol.strategy.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WaveResolverTest {
    /** Of so many databases the even ones are free, the others paid for. */
    private static FleetInventory fleet(int databases) {
        return Lab.fleet(databases, WaveResolverTest::tier).fleet().inventory();
    }

    private static SortedMap<String, String> tier(DatabaseId id) {
        int number = Integer.parseInt(id.database().substring("db-".length()));
        return new TreeMap<>(Map.of("tier", number % 2 == 0 ? "free" : "paid"));
    }

    private static List<Integer> sizes(int databases, Strategy strategy) {
        return WaveResolver.resolve(fleet(databases), strategy).waves().stream()
                .map(wave -> wave.databases().size())
                .toList();
    }

    @Test
    void onePercentOfTwentyFourIsOneDatabase() {
        assertThat(sizes(24, strategy().percent("a", 1).percent("b", 100).build()))
                .containsExactly(1, 23);
    }

    @Test
    void percentagesAreCumulative() {
        assertThat(
                        sizes(
                                100,
                                strategy()
                                        .percent("a", 10)
                                        .percent("b", 30)
                                        .percent("c", 100)
                                        .build()))
                .containsExactly(10, 20, 70);
    }

    @Test
    void percentOfALabelCountsEarlierWavesIn() {
        // given
        Selector free = labelled("tier", "free");
        Strategy strategy =
                strategy().wave("first", named(db(2))).percent("early", free, 10).build();
        // when
        WaveResolver.Resolved resolved = WaveResolver.resolve(fleet(40), strategy);
        // then
        assertThat(resolved.waves().get(1).databases())
                .hasSize(1)
                .doesNotContain(db(2))
                .allMatch(id -> tier(id).containsValue("free"));
    }

    @Test
    void percentThatEarlierWavesReachedTakesNothing() {
        assertThat(sizes(20, strategy().count("a", 10).percent("b", 30).percent("c", 100).build()))
                .containsExactly(10, 0, 10);
    }

    @Test
    void countIsOfWhatIsLeftOver() {
        assertThat(sizes(10, strategy().count("a", 4).count("b", 4).count("c", 4).build()))
                .containsExactly(4, 4, 2);
    }

    @Test
    void whatNoWaveTakesIsLeftOver() {
        WaveResolver.Resolved resolved =
                WaveResolver.resolve(fleet(10), strategy().count("a", 4).build());
        assertThat(resolved.leftOver()).isEqualTo(6);
        assertThat(resolved.databases()).isEqualTo(4);
    }

    @Test
    void onlySelectedDatabasesBelongToTheRollout() {
        Strategy strategy = strategy().select(labelled("tier", "free")).percent("all", 100).build();
        assertThat(sizes(10, strategy)).containsExactly(5);
    }

    @Test
    void namesThatTheFleetOrTheRolloutLacksAreUnknown() {
        Strategy strategy =
                strategy()
                        .select(labelled("tier", "free"))
                        .wave("canary", named(db(1), db(2), db(99)))
                        .build();
        assertThat(WaveResolver.resolve(fleet(10), strategy).unknown())
                .containsExactly(db(1), db(99));
    }

    @Test
    void sameFleetGivesTheSameWavesInTheSameOrder() {
        Strategy strategy = strategy().percent("a", 10).percent("b", 100).build();
        assertThat(WaveResolver.resolve(fleet(50), strategy))
                .isEqualTo(WaveResolver.resolve(fleet(50), strategy));
    }

    /** Pins the hash: a change of it would move tenants to other waves. */
    @Test
    void orderOfDatabasesNeverChanges() {
        WaveResolver.Resolved resolved =
                WaveResolver.resolve(fleet(6), strategy().percent("all", 100).build());
        assertThat(resolved.waves().get(0).databases())
                .containsExactly(db(2), db(5), db(1), db(6), db(4), db(3));
    }

    @Test
    void databasesThatAreAddedDoNotReorderTheOthers() {
        // given
        Strategy strategy = strategy().percent("all", 100).build();
        List<DatabaseId> before = first(fleet(100), strategy);
        // when
        List<DatabaseId> after = new ArrayList<>(first(fleet(110), strategy));
        after.retainAll(new HashSet<>(before));
        // then
        assertThat(after).isEqualTo(before);
    }

    private static List<DatabaseId> first(FleetInventory inventory, Strategy strategy) {
        WaveTargets wave = WaveResolver.resolve(inventory, strategy).waves().get(0);
        return wave.databases();
    }
}
