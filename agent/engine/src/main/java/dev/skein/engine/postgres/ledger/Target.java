package dev.skein.engine.postgres.ledger;

import dev.skein.protocol.id.DatabaseId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The part of the ledger that belongs to one database and version table.
 *
 * @param id of the database in the fleet
 * @param versionTable which version table, or plain SQL, the steps belong to
 */
public record Target(DatabaseId id, String versionTable) {
    /** "Skein" in ASCII, above the 32 bits that tell the schemas of one database apart. */
    private static final long LOCK_BASE = 0x536B65696EL << 24;

    /** The tenant's schema, or empty for the whole database. */
    public String scope() {
        return id.schema().orElse("");
    }

    /**
     * Key of the session advisory lock that an execution holds. Two schemas with one key would wait
     * for each other without need, and that is all.
     */
    public static long lockKey(DatabaseId id) {
        CRC32 crc = new CRC32();
        crc.update(id.schema().orElse("").getBytes(StandardCharsets.UTF_8));
        return LOCK_BASE ^ crc.getValue();
    }

    /** The name of a run's sessions in the database, by which the next execution finds them. */
    public static String runName(DatabaseId id) {
        return "skein-run/%016x".formatted(lockKey(id));
    }
}
