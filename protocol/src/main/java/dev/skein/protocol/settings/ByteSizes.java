package dev.skein.protocol.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 1GiB}. */
public final class ByteSizes {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)?");
    private static final int KIBI_BITS = 10;
    private static final int MEBI_BITS = 20;
    private static final int GIBI_BITS = 30;

    private ByteSizes() {}

    /**
     * The number of bytes.
     *
     * @throws IllegalArgumentException if it is not a number with one of these units
     */
    public static long parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size such as 512B, 64KiB, 16MiB or 1GiB");
        }
        return Long.parseLong(matcher.group(1)) << bits(matcher.group(2));
    }

    private static int bits(String unit) {
        if (unit == null) {
            return 0;
        }
        return switch (unit) {
            case "KiB" -> KIBI_BITS;
            case "MiB" -> MEBI_BITS;
            case "GiB" -> GIBI_BITS;
            default -> 0;
        };
    }
}
