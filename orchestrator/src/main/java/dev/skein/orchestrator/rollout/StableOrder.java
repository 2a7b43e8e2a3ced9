package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Sha256;
import dev.skein.protocol.id.DatabaseId;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An order of databases that looks random and never changes: by the first 64 bits of the SHA-256 of
 * their written form, then by name.
 *
 * <p>It spreads a wave over servers and regions, and is the same on every process and for every
 * rollout.
 */
final class StableOrder {

    private StableOrder() {}

    static void sort(List<DatabaseId> databases) {
        Map<DatabaseId, Long> ranks = new HashMap<>();
        for (DatabaseId database : databases) {
            byte[] digest = Sha256.of(database.toString());
            ranks.put(database, ByteBuffer.wrap(digest).getLong());
        }
        Comparator<DatabaseId> byRank =
                (one, other) -> Long.compareUnsigned(ranks.get(one), ranks.get(other));
        databases.sort(byRank.thenComparing(Comparator.naturalOrder()));
    }
}
