package dev.skein.engine.postgres.version;

import dev.skein.engine.sql.SqlText;

/** Statements that create what is absent, without needing the right to create what is there. */
final class CreateIfAbsent {
    private CreateIfAbsent() {}

    /**
     * A block that runs the statements if that table is absent, and creates its schema if need be.
     */
    static String ofTable(String schema, String name, String statements) {
        return ofTable(schema, name, statements, "");
    }

    /**
     * The same.
     *
     * @param marking statements that follow where the schema was created too
     */
    static String ofTable(String schema, String name, String statements, String marking) {
        String mark = marking.isEmpty() ? "" : " if schema_absent then " + marking + " end if;";
        return "do "
                + SqlText.literal(
                        "declare schema_absent boolean := to_regnamespace("
                                + SqlText.literal(SqlText.identifier(schema))
                                + ") is null; begin if to_regclass("
                                + SqlText.literal(SqlText.qualified(schema, name))
                                + ") is null then if schema_absent then create schema if not exists"
                                + " "
                                + SqlText.identifier(schema)
                                + "; end if; "
                                + statements
                                + mark
                                + " end if; end")
                + ";";
    }

    private static String block(String body) {
        return "do " + SqlText.literal("begin " + body + " end") + ";";
    }

    /** A block that fails with {@link VersionTable#OVERTAKEN} unless the condition holds. */
    static String require(String condition, String message) {
        return block(
                "if not ("
                        + condition
                        + ") then raise exception using errcode = '"
                        + VersionTable.OVERTAKEN
                        + "', message = "
                        + SqlText.literal(message)
                        + "; end if;");
    }
}
