package dev.skein.ops.source;

/** SQL as messages show it. */
public final class SqlExcerpt {
    private static final int MAX = 120;

    private SqlExcerpt() {}

    /** On one line, quoted, cut where it is long. */
    public static String of(String sql) {
        return of(sql, MAX);
    }

    /**
     * The same, cut earlier or later.
     *
     * @param max characters that are shown, without the quotes
     */
    static String of(String sql, int max) {
        String line = line(sql);
        return line.length() <= max
                ? "'" + line + "'"
                : "'" + line.substring(0, max).strip() + " …'";
    }

    /** Both, from shortly before where they part. */
    public static String difference(String one, String other) {
        String first = line(one);
        String second = line(other);
        int same = 0;
        int shorter = Math.min(first.length(), second.length());
        while (same < shorter && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        int from = same < MAX / 2 ? 0 : first.lastIndexOf(' ', same - MAX / 3) + 1;
        String before = from == 0 ? "" : "… ";
        return of(before + first.substring(from))
                + " and then "
                + of(before + second.substring(from));
    }

    private static String line(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }
}
