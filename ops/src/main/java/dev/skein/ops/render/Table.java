package dev.skein.ops.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns, each as wide as its widest cell; the last one has no fixed width. */
final class Table {
    private static final String GAP = "  ";
    private static final String ELLIPSIS = "…";
    private static final String SHORTENED =
            "(" + ELLIPSIS + " shortened to the terminal's width; in full with --wide)\n";
    private static final int NARROWEST = 12;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        return within(Columns.unlimited());
    }

    /**
     * As wide as the limit allows: cells of the widest columns are shortened in their middle, since
     * names that begin alike differ at their ends. Never below a dozen characters a column.
     */
    String within(Columns columns) {
        int[] full = IntStream.range(0, rows.get(0).size()).map(this::widthOf).toArray();
        int[] widths = full.clone();
        columns.limit().ifPresent(limit -> narrow(widths, limit));
        String text = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
        return Arrays.equals(full, widths) ? text : text + SHORTENED;
    }

    private int widthOf(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** Takes from the widest column, one character after the other. */
    private static void narrow(int[] widths, int limit) {
        int excess = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - limit;
        for (; excess > 0; excess--) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = shortened(row.get(column), widths[column]);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String shortened(String cell, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        int kept = width - ELLIPSIS.length();
        int tail = kept / 2;
        return cell.substring(0, kept - tail) + ELLIPSIS + cell.substring(cell.length() - tail);
    }
}
