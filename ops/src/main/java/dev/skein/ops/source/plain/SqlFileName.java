package dev.skein.ops.source.plain;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of plain SQL, such as {@code 0001_create_users.up.sql}.
 *
 * @param version its digits as they are written
 * @param name between the first underscore and the direction
 */
record SqlFileName(String file, String version, String name, boolean up) {
    private static final Pattern NAME =
            Pattern.compile("(?<version>[0-9]+)_(?<name>.+)\\.(?<direction>up|down)\\.sql");
    private static final int TIMESTAMP_DIGITS_MIN = 10;

    static Optional<SqlFileName> parse(String file) {
        Matcher matcher = NAME.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new SqlFileName(
                        file,
                        matcher.group("version"),
                        matcher.group("name"),
                        matcher.group("direction").equals("up")));
    }

    /** What orders versions; leading zeros don't. */
    BigInteger number() {
        return new BigInteger(version);
    }

    /** Whether the version is a point in time, after which anything may come next. */
    boolean isTimestamp() {
        return number().toString().length() >= TIMESTAMP_DIGITS_MIN;
    }
}
