package dev.skein.orchestrator.rollout;

import dev.skein.protocol.id.DatabaseId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    private static final String ALGORITHM = "SHA-256";

    private StableOrder() {}

    static void sort(List<DatabaseId> databases) {
        Map<DatabaseId, Long> ranks = new HashMap<>();
        MessageDigest digest = digest();
        for (DatabaseId database : databases) {
            byte[] text = database.toString().getBytes(StandardCharsets.UTF_8);
            ranks.put(database, ByteBuffer.wrap(digest.digest(text)).getLong());
        }
        Comparator<DatabaseId> byRank =
                (one, other) -> Long.compareUnsigned(ranks.get(one), ranks.get(other));
        databases.sort(byRank.thenComparing(Comparator.naturalOrder()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, cause);
        }
    }
}
