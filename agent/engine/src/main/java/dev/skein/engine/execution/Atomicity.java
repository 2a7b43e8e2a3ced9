package dev.skein.engine.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can stay in a database of a text that was sent as one simple query and did not come to its
 * end.
 *
 * <p>Told from the first words of its statements. Where those leave a doubt the answer is {@link
 * #BEYOND}, which costs a person's look and nothing else. A text without transaction control is one
 * transaction, and one {@code begin} takes in what stands before it (PostgreSQL, section 55.2.2.1).
 */
enum Atomicity {
    /** All of it or nothing. */
    WHOLE,
    /** Parts of it, all of which the catalogue shows. */
    SCHEMA,
    /** Parts of it, some of which the catalogue may not show. */
    BEYOND;

    private static final Pattern OPAQUE =
            Pattern.compile(
                    "--[^\\n]*|/\\*.*?\\*/|\\b[eE]'(?:[^'\\\\]++|\\\\.)*+'|'[^']*+'"
                            + "|\"[^\"]*+\"|\\$(\\w*)\\$.*?\\$\\1\\$",
                    Pattern.DOTALL);
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final Pattern FILLED_TABLE =
            Pattern.compile("\\bas\\s*\\(?\\s*(?:select|with|table|values|execute)\\b");

    private static final List<String> BEGINS = List.of("begin", "start");
    private static final List<String> COMMITS = List.of("commit", "end");
    private static final List<String> ENDS = List.of("rollback", "abort", "prepare");
    private static final List<String> SETTINGS = List.of("set", "reset", "show");
    private static final List<String> DEFINITIONS = List.of("create", "alter", "drop", "comment");

    /** A procedure may commit and does not say so here; a block says so. */
    private static final String CALL = "call";

    private static final String BLOCK = "do";
    private static final Pattern COMMITTING = Pattern.compile("\\b(?:commit|rollback|call)\\b");

    static Atomicity of(String sql) {
        List<String> statements =
                Arrays.stream(
                                OPAQUE.matcher(sql)
                                        .replaceAll(" ")
                                        .toLowerCase(Locale.ROOT)
                                        .split(";"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty() && !SETTINGS.contains(head(text)))
                        .toList();
        if (isWhole(statements, sql)) {
            return WHOLE;
        }
        return statements.stream().allMatch(Atomicity::isSchema) ? SCHEMA : BEYOND;
    }

    private static String head(String statement) {
        return BLANK.split(statement, 2)[0];
    }

    private static boolean isWhole(List<String> statements, String sql) {
        List<String> heads = statements.stream().map(Atomicity::head).toList();
        long begins = heads.stream().filter(BEGINS::contains).count();
        long commits = heads.stream().filter(COMMITS::contains).count();
        if (heads.stream().anyMatch(ENDS::contains)) {
            return false;
        }
        if (begins == 0 && commits == 0) {
            return heads.size() != 1 || !mayCommit(heads.get(0), sql);
        }
        return begins <= 1 && commits == 1 && COMMITS.contains(heads.get(heads.size() - 1));
    }

    /** On its own a statement is no part of a transaction block, in which it could not commit. */
    private static boolean mayCommit(String head, String sql) {
        return head.equals(CALL)
                || head.equals(BLOCK) && COMMITTING.matcher(sql.toLowerCase(Locale.ROOT)).find();
    }

    private static boolean isSchema(String statement) {
        String head = head(statement);
        boolean control = BEGINS.contains(head) || COMMITS.contains(head) || ENDS.contains(head);
        boolean filled = head.equals("create") && FILLED_TABLE.matcher(statement).find();
        return control || DEFINITIONS.contains(head) && (!filled || isView(statement));
    }

    private static boolean isView(String statement) {
        return !statement.contains(" table ") && statement.contains(" view ");
    }
}
