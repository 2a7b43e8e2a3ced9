package dev.skein.ops.lint.rule;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an expression may have another value for each row. */
final class Volatility {
    private static final Pattern CALL = Pattern.compile("([a-z_][a-z0-9_.]*)\\(");

    /** Functions of PostgreSQL's own that are immutable or stable, and types with a modifier. */
    private static final Set<String> SAME_FOR_ALL =
            Set.of(
                    "now",
                    "transaction_timestamp",
                    "statement_timestamp",
                    "current_setting",
                    "current_timestamp",
                    "localtimestamp",
                    "current_time",
                    "localtime",
                    "date_trunc",
                    "to_timestamp",
                    "to_date",
                    "make_date",
                    "make_interval",
                    "coalesce",
                    "nullif",
                    "greatest",
                    "least",
                    "lower",
                    "upper",
                    "concat",
                    "repeat",
                    "md5",
                    "json_build_object",
                    "jsonb_build_object",
                    "json_build_array",
                    "jsonb_build_array",
                    "array",
                    "row",
                    "cast",
                    "extract",
                    "timezone",
                    "numeric",
                    "decimal",
                    "varchar",
                    "char",
                    "timestamp",
                    "timestamptz",
                    "interval",
                    "bit");

    private Volatility() {}

    /**
     * @param expression as the tree has it, without blanks; functions that are not known may differ
     */
    static boolean mayDiffer(String expression) {
        String outsideOfTexts = expression.toLowerCase(Locale.ROOT).replaceAll("'[^']*'", "''");
        Matcher call = CALL.matcher(outsideOfTexts);
        while (call.find()) {
            String name = call.group(1).replaceFirst("^pg_catalog\\.", "");
            if (!SAME_FOR_ALL.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
