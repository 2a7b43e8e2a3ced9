package dev.skein.ops.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data that the statements of a {@link SchemaDifference} destroy, as sentences for people.
 *
 * <p>Only the forms in which differences are written are known; this reads no other SQL.
 */
public final class Losses {
    private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".;(),]+)";
    private static final String NAME = "(" + PART + "(?:\\." + PART + ")*)";

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("^drop table " + NAME, "the rows of table %s"),
                    new Kind(
                            "^alter table (?:only )?" + NAME + "\\s+drop column " + NAME,
                            "the values of column %s.%s"),
                    new Kind("^drop sequence " + NAME, "how far sequence %s has counted"),
                    new Kind(
                            "^drop extension " + NAME,
                            "extension %s, also where it was there before this migration"),
                    new Kind("^drop foreign table " + NAME, "foreign table %s"),
                    new Kind("^drop schema " + NAME, "schema %s"));

    private static final Pattern RETYPED =
            Pattern.compile(
                    "^alter table (?:only )?"
                            + NAME
                            + "\\s+alter column "
                            + NAME
                            + " type (.+?)(?: collate .*?)?(?: using .*)?$",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Losses() {}

    /**
     * The losses of these statements, in their order.
     *
     * @param reverse the statements of the way back, which tell the types of before; asked for only
     *     where a type changes
     */
    public static List<String> of(List<String> statements, Supplier<List<String>> reverse) {
        List<String> losses = new ArrayList<>();
        Map<String, String> types = types(statements);
        Map<String, String> before = types.isEmpty() ? types : types(reverse.get());
        for (String statement : statements) {
            types(List.of(statement))
                    .forEach(
                            (column, type) -> {
                                String old = before.getOrDefault(column, "");
                                if (!Widening.isLossless(old, type)) {
                                    losses.add(
                                            "values of column %s that do not fit the type %s"
                                                    .formatted(column, type));
                                }
                            });
            for (Kind kind : KINDS) {
                Matcher matcher = kind.pattern().matcher(statement);
                if (matcher.find()) {
                    losses.add(kind.words(matcher));
                }
            }
        }
        return losses.stream().distinct().toList();
    }

    /** The new types by column. */
    private static Map<String, String> types(List<String> statements) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String statement : statements) {
            Matcher retyped = RETYPED.matcher(statement);
            if (retyped.find()) {
                types.put(retyped.group(1) + "." + retyped.group(2), retyped.group(3));
            }
        }
        return types;
    }

    private record Kind(Pattern pattern, String words) {
        Kind(String pattern, String words) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), words);
        }

        String words(Matcher matcher) {
            Object[] names = new Object[matcher.groupCount()];
            for (int group = 0; group < names.length; group++) {
                names[group] = matcher.group(group + 1);
            }
            return words.formatted(names);
        }
    }
}
