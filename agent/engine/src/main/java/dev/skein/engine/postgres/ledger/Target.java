package dev.skein.engine.postgres.ledger;

import dev.skein.protocol.id.DatabaseId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Whose part of the ledger it is.
 *
 * @param id of the database in the fleet
 * @param book which version table, or plain SQL, the steps belong to
 */
public record Target(DatabaseId id, String book) {
    /** "Skein" in ASCII, above the 32 bits that tell the schemas of one database apart. */
    private static final long LOCK_BASE = 0x536B65696EL << 24;

    /** The tenant's schema, or empty for the whole database. */
    public String scope() {
        return id.schema().orElse("");
    }

    /**
     * Key of the session advisory lock that a walk holds. Two schemas with one key would wait for
     * each other without need, and that is all.
     */
    public static long lockKey(DatabaseId id) {
        CRC32 crc = new CRC32();
        crc.update(id.schema().orElse("").getBytes(StandardCharsets.UTF_8));
        return LOCK_BASE ^ crc.getValue();
    }
}
