package dev.skein.ops.downs;

import dev.skein.engine.sql.TokenCursor;
import java.util.Locale;
import java.util.Set;

/**
 * The calls in a query that leave every row as it is: PostgreSQL's own functions, which change none
 * (names that begin with {@code pg_} are kept for them), and keywords before a parenthesis. A
 * function of another schema may do anything.
 */
final class HarmlessCalls {
    private static final String OWN_SCHEMA = "pg_catalog";
    private static final String OWN_PREFIX = "pg_";

    private static final Set<String> KEYWORDS =
            Set.of(
                    "select",
                    "from",
                    "where",
                    "in",
                    "exists",
                    "any",
                    "all",
                    "some",
                    "and",
                    "or",
                    "not",
                    "as",
                    "on",
                    "using",
                    "values",
                    "over",
                    "filter",
                    "group",
                    "by",
                    "having",
                    "when",
                    "then",
                    "else",
                    "union",
                    "except",
                    "intersect",
                    "join",
                    "lateral",
                    "array",
                    "row",
                    "distinct",
                    "within",
                    "between",
                    "like",
                    "is",
                    "case",
                    "end",
                    "limit",
                    "offset",
                    "sets",
                    "rollup",
                    "cube");

    /** Types with a length, as in a cast. */
    private static final Set<String> TYPES =
            Set.of("varchar", "char", "numeric", "decimal", "bit", "varbit", "timestamp", "time");

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "set_config",
                    "current_setting",
                    "current_database",
                    "current_schema",
                    "current_schemas",
                    "version",
                    "now",
                    "clock_timestamp",
                    "statement_timestamp",
                    "transaction_timestamp",
                    "timeofday",
                    "random",
                    "gen_random_uuid",
                    "count",
                    "sum",
                    "min",
                    "max",
                    "avg",
                    "bool_and",
                    "bool_or",
                    "every",
                    "array_agg",
                    "string_agg",
                    "json_agg",
                    "jsonb_agg",
                    "json_build_object",
                    "jsonb_build_object",
                    "to_json",
                    "to_jsonb",
                    "row_to_json",
                    "coalesce",
                    "nullif",
                    "greatest",
                    "least",
                    "cast",
                    "extract",
                    "date_part",
                    "date_trunc",
                    "to_char",
                    "to_date",
                    "to_number",
                    "to_timestamp",
                    "age",
                    "lower",
                    "upper",
                    "initcap",
                    "length",
                    "char_length",
                    "octet_length",
                    "trim",
                    "btrim",
                    "ltrim",
                    "rtrim",
                    "substring",
                    "substr",
                    "position",
                    "strpos",
                    "replace",
                    "translate",
                    "split_part",
                    "left",
                    "right",
                    "lpad",
                    "rpad",
                    "repeat",
                    "reverse",
                    "concat",
                    "concat_ws",
                    "format",
                    "quote_ident",
                    "quote_literal",
                    "quote_nullable",
                    "md5",
                    "encode",
                    "decode",
                    "regexp_replace",
                    "regexp_match",
                    "regexp_matches",
                    "abs",
                    "ceil",
                    "ceiling",
                    "floor",
                    "round",
                    "trunc",
                    "mod",
                    "power",
                    "sqrt",
                    "sign",
                    "to_regclass",
                    "to_regtype",
                    "to_regproc",
                    "to_regprocedure",
                    "to_regnamespace",
                    "to_regrole",
                    "has_table_privilege",
                    "has_schema_privilege",
                    "has_database_privilege",
                    "obj_description",
                    "col_description",
                    "format_type",
                    "generate_series",
                    "unnest",
                    "array_length",
                    "cardinality",
                    "array_to_string",
                    "string_to_array",
                    "row_number",
                    "rank",
                    "dense_rank",
                    "lag",
                    "lead",
                    "first_value",
                    "last_value");

    private HarmlessCalls() {}

    /** Whether the statement calls anything else. */
    static boolean hasOther(TokenCursor words) {
        for (int at = words.indexOf("(", 1); at > 0; at = words.indexOf("(", at + 1)) {
            if (isCall(words.text(at - 1)) && !isHarmless(words, at - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCall(String before) {
        return before.startsWith("\"") || Character.isLetter(before.charAt(0));
    }

    private static boolean isHarmless(TokenCursor words, int name) {
        String called = words.text(name).toLowerCase(Locale.ROOT);
        boolean qualified = name > 1 && words.is(name - 1, ".");
        if (qualified) {
            return words.is(name - 2, OWN_SCHEMA) && isOwn(called);
        }
        return KEYWORDS.contains(called) || TYPES.contains(called) || isOwn(called);
    }

    private static boolean isOwn(String function) {
        return function.startsWith(OWN_PREFIX) || FUNCTIONS.contains(function);
    }
}
