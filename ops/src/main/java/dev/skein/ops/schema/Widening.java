package dev.skein.ops.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether every value of one type is a value of another, by the names that the catalogue gives
 * them. What is not known here counts as a loss.
 */
final class Widening {
    private static final Pattern TYPE =
            Pattern.compile(
                    "([a-z][a-z0-9_ ]*?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?");

    private static final String ARRAY = "[]";
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

    /** Digits that the widest value has. */
    private static final List<Integer> INTEGER_DIGITS = List.of(5, 10, 19);

    private static final List<String> TEXTS = List.of("text", "character varying", "citext");

    /** From a type, with a blank and the one that takes all of its values. */
    private static final List<String> PAIRS =
            List.of(
                    "smallint real",
                    "smallint double precision",
                    "integer double precision",
                    "real double precision",
                    "jsonb json",
                    "cidr inet",
                    "macaddr macaddr8",
                    "bit bit varying",
                    "date timestamp without time zone");

    private Widening() {}

    static boolean isLossless(String before, String after) {
        String from = before.toLowerCase(Locale.ROOT).strip();
        String to = after.toLowerCase(Locale.ROOT).strip();
        if (TEXTS.contains(to)) {
            return true;
        }
        if (from.endsWith(ARRAY) && to.endsWith(ARRAY)) {
            return isLossless(element(from), element(to));
        }
        Optional<Type> old = Type.of(from);
        Optional<Type> now = Type.of(to);
        return old.isPresent() && now.isPresent() && takes(now.get(), old.get());
    }

    private static String element(String array) {
        return array.substring(0, array.length() - ARRAY.length());
    }

    private static boolean takes(Type now, Type old) {
        int integer = INTEGERS.indexOf(old.name());
        if (now.name().equals("numeric") && integer >= 0) {
            return now.isUnlimited() || now.wholeDigits() >= INTEGER_DIGITS.get(integer);
        }
        if (integer >= 0 && INTEGERS.contains(now.name())) {
            return INTEGERS.indexOf(now.name()) >= integer;
        }
        if (now.name().equals("numeric") && old.name().equals("numeric")) {
            return now.isUnlimited()
                    || !old.isUnlimited()
                            && now.wholeDigits() >= old.wholeDigits()
                            && now.scale() >= old.scale();
        }
        boolean same =
                now.name().equals(old.name())
                        || now.name().startsWith("character") && old.name().startsWith("character")
                        || PAIRS.contains(old.name() + " " + now.name());
        return same && (now.isUnlimited() || !old.isUnlimited() && now.size() >= old.size());
    }

    /**
     * A type in its parts.
     *
     * @param size the length or precision; below 0 where there is no limit
     */
    private record Type(String name, int size, int scale) {
        static Optional<Type> of(String text) {
            Matcher matcher = TYPE.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String zone = Optional.ofNullable(matcher.group(4)).orElse("");
            return Optional.of(
                    new Type(
                            matcher.group(1) + zone,
                            number(matcher.group(2), -1),
                            number(matcher.group(3), 0)));
        }

        private static int number(String digits, int absent) {
            return digits == null ? absent : Integer.parseInt(digits);
        }

        boolean isUnlimited() {
            return size < 0;
        }

        int wholeDigits() {
            return size - scale;
        }
    }
}
