package dev.skein.engine.sql;

/**
 * Names and values as they stand in SQL text.
 *
 * <p>Skein writes its records in one message with {@code begin} and {@code commit}, which the
 * protocol allows for text without parameters only; so values are quoted here and nowhere else.
 * What comes out reads the same whatever {@code standard_conforming_strings} is set to: a text with
 * a backslash becomes an escape string (PostgreSQL, section 4.1.2.2).
 */
public final class SqlText {
    private static final char NUL = '\0';

    private SqlText() {}

    /**
     * A text as a string constant.
     *
     * @throws IllegalArgumentException if it has a NUL, which PostgreSQL cannot store
     */
    public static String literal(String text) {
        String quoted = "'" + withoutNul(text).replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
    }

    /**
     * A name as an identifier, exactly as given.
     *
     * @throws IllegalArgumentException if it is empty or has a NUL
     */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an SQL name cannot be empty");
        }
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    /** A name in a schema, both quoted. */
    public static String qualified(String schema, String name) {
        return identifier(schema) + "." + identifier(name);
    }

    private static String withoutNul(String text) {
        if (text.indexOf(NUL) >= 0) {
            throw new IllegalArgumentException("SQL text cannot hold a NUL character");
        }
        return text;
    }
}
