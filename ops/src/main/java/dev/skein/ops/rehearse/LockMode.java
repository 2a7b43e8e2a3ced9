package dev.skein.ops.rehearse;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The modes of table locks, as {@code pg_locks} names them. */
public final class LockMode {
    /** From weak to strong, as the chapter on explicit locking lists them. */
    private static final List<String> ORDER =
            List.of(
                    "AccessShareLock",
                    "RowShareLock",
                    "RowExclusiveLock",
                    "ShareUpdateExclusiveLock",
                    "ShareLock",
                    "ShareRowExclusiveLock",
                    "ExclusiveLock",
                    "AccessExclusiveLock");

    /** Those that keep others from writing rows. */
    private static final Set<String> STRONG =
            Set.of("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock");

    /** Modes that are not known here come last. */
    public static final Comparator<String> STRONGEST_FIRST =
            Comparator.comparingInt((String mode) -> -ORDER.indexOf(mode));

    private LockMode() {}

    static String stronger(String one, String other) {
        return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
    }

    /** Whether it keeps others from writing rows of the table. */
    public static boolean isStrong(String mode) {
        return STRONG.contains(mode);
    }
}
