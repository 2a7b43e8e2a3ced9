package dev.skein.engine.sql;

/**
 * A statement that counts rows after a write and fails the transaction where the write had no
 * effect.
 *
 * <p>PostgreSQL reports success even where a rule or a trigger discards the rows. The rows are
 * therefore counted after the statement, in the same message and before the SQL commit: what is not
 * there makes the whole transaction fail. The state of the table is counted, and not the command
 * tag, because a rule may write the row elsewhere under the same tag, and because a statement that
 * finds its work done already rightly writes nothing.
 */
public final class RowCountCheck {
    /** SQLSTATE of a row that is not as it was written. */
    public static final String MISSING = "SK010";

    private final String table;
    private final String source;

    private RowCountCheck(String table, String source) {
        this.table = table;
        this.source = source;
    }

    /** Checks of this table, given as a quoted name. */
    public static RowCountCheck in(String table) {
        return new RowCountCheck(table, table);
    }

    /** The same, where the rows to count are those of a query that bears the name {@code t}. */
    public RowCountCheck among(String query) {
        return new RowCountCheck(table, "(" + query + ") t");
    }

    /**
     * A statement that fails with {@link #MISSING} unless so many rows meet the condition.
     *
     * @param statement the kind of the statement before it, such as {@code insert}
     * @param rows what the rows are, for the message
     */
    public String exactly(long expected, String statement, String rows, String condition) {
        return check("<> " + expected, Long.toString(expected), statement, rows, condition);
    }

    /** The same for at least one row. */
    public String some(String statement, String rows, String condition) {
        return check("< 1", "at least 1", statement, rows, condition);
    }

    /** The same for no row. */
    public String none(String statement, String rows, String condition) {
        return exactly(0, statement, rows, condition);
    }

    private String check(
            String unless, String expected, String statement, String rows, String condition) {
        String before =
                "the "
                        + statement
                        + " of "
                        + rows
                        + " in "
                        + table
                        + " did not take effect: expected "
                        + expected
                        + " there, found ";
        String behind =
                "; nothing was written; look for a rule or a trigger on the table that throws rows"
                        + " away";
        return "do "
                + SqlText.literal(
                        "declare skein_rows bigint := (select pg_catalog.count(*) from "
                                + source
                                + " where "
                                + condition
                                + "); begin if skein_rows "
                                + unless
                                + " then raise exception using errcode = '"
                                + MISSING
                                + "', message = "
                                + SqlText.literal(before)
                                + " || skein_rows || "
                                + SqlText.literal(behind)
                                + "; end if; end")
                + ";";
    }
}
