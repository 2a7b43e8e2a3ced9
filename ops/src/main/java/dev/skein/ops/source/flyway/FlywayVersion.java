package dev.skein.ops.source.flyway;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version as Flyway reads it (its class MigrationVersion): numbers between dots or underscores;
 * those that are missing count as 0. The order ignores how a version is written, equality does not.
 *
 * @param text with dots, as the version table has it
 */
record FlywayVersion(String text, List<BigInteger> parts) implements Comparable<FlywayVersion> {
    private static final Pattern SEPARATOR = Pattern.compile("\\.(?=\\d)");

    FlywayVersion {
        parts = List.copyOf(parts);
    }

    static Optional<FlywayVersion> parse(String written) {
        String text = written.replace('_', '.');
        List<BigInteger> parts = new ArrayList<>();
        try {
            for (String part : SEPARATOR.split(text)) {
                parts.add(new BigInteger(part));
            }
            return Optional.of(new FlywayVersion(text, parts));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(FlywayVersion other) {
        int size = Math.max(parts.size(), other.parts.size());
        for (int i = 0; i < size; i++) {
            int compared = part(i).compareTo(other.part(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
