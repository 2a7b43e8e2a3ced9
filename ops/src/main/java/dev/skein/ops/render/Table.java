package dev.skein.ops.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns, each as wide as its widest cell; the last one has no fixed width. */
final class Table {
    private static final String GAP = "  ";
    private static final String MARGIN = "    ";
    private static final String ELLIPSIS = "…";
    private static final String SHORTENED =
            "(" + ELLIPSIS + " shortened to the terminal's width; in full with --wide)\n";
    private static final int NARROW = 12;
    private static final int NARROWEST = 8;
    private static final int PROSE = 14;
    private static final int PROSE_BESIDE_IDS = 10;

    private final List<List<String>> rows = new ArrayList<>();
    private boolean keepsFirst;

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    /** Its first column holds ids, which people copy: it is the last to give way. */
    Table keepingFirst() {
        keepsFirst = true;
        return this;
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
     * As wide as the limit allows. Columns give way in this order, the widest first:
     *
     * <ol>
     *   <li>cells of several words are broken between words;
     *   <li>a last column of words that still does not fit stands under its row;
     *   <li>words are shortened in their middle, since names that begin alike differ at their ends,
     *       to a dozen characters; those of a first column that is kept, last;
     *   <li>all of them to eight characters, and no further.
     * </ol>
     */
    String within(Columns columns) {
        int[] widths = IntStream.range(0, rows.get(0).size()).map(this::widthOf).toArray();
        if (columns.limit().isEmpty()) {
            return text(widths);
        }
        int limit = columns.limit().getAsInt();
        breakProse(widths, limit);
        if (excess(widths, limit) > 0 && endsInProse()) {
            return withLastColumnUnderneath(limit);
        }
        shorten(widths, limit);
        return text(widths);
    }

    private String text(int[] widths) {
        String text = rows.stream().map(row -> lines(row, widths)).collect(Collectors.joining());
        return isWhole(widths) ? text : text + SHORTENED;
    }

    private boolean endsInProse() {
        return rows.stream().skip(1).anyMatch(row -> row.get(row.size() - 1).contains(" "));
    }

    private String withLastColumnUnderneath(int limit) {
        int last = rows.get(0).size() - 1;
        int[] widths = IntStream.range(0, last).map(this::widthOf).toArray();
        breakProse(widths, limit);
        shorten(widths, limit);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(lines(row, widths));
            Wrapping.lines(row.get(last), Math.max(1, limit - MARGIN.length())).stream()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> text.append(MARGIN).append(line).append('\n'));
        }
        return isWhole(widths) ? text.toString() : text + SHORTENED;
    }

    private int widthOf(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private int longestWordOf(int column) {
        return rows.stream()
                .flatMap(row -> Arrays.stream(row.get(column).split(" ")))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private boolean isWhole(int[] widths) {
        return IntStream.range(0, widths.length).allMatch(at -> widths[at] >= longestWordOf(at));
    }

    private void breakProse(int[] widths, int limit) {
        int[] words = IntStream.range(0, widths.length).map(this::longestWordOf).toArray();
        int prose = keepsFirst ? PROSE_BESIDE_IDS : PROSE;
        take(widths, limit, column -> widths[column] > Math.max(prose, words[column]));
    }

    private void shorten(int[] widths, int limit) {
        int first = keepsFirst ? 1 : 0;
        take(widths, limit, column -> column >= first && widths[column] > NARROW);
        take(widths, limit, column -> widths[column] > NARROW);
        take(widths, limit, column -> widths[column] > NARROWEST);
    }

    private static int excess(int[] widths, int limit) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - limit;
    }

    /** Takes from the widest column that may give, one character after the other. */
    private static void take(int[] widths, int limit, IntPredicate mayGive) {
        for (int excess = excess(widths, limit); excess > 0; excess--) {
            OptionalInt widest =
                    IntStream.range(0, widths.length)
                            .filter(mayGive)
                            .reduce((one, other) -> widths[other] > widths[one] ? other : one);
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.getAsInt()]--;
        }
    }

    /** A row; as many lines as its longest cell needs. */
    private static String lines(List<String> row, int[] widths) {
        List<List<String>> cells =
                IntStream.range(0, widths.length)
                        .mapToObj(column -> Wrapping.lines(row.get(column), widths[column]))
                        .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < height; line++) {
            text.append(line(cells, line, widths));
        }
        return text.toString();
    }

    private static String line(List<List<String>> cells, int number, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            List<String> lines = cells.get(column);
            String cell = number < lines.size() ? lines.get(number) : "";
            String shown = shortened(cell, widths[column]);
            line.append(shown).append(" ".repeat(widths[column] - shown.length())).append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }

    /** A text of that width, shortened in its middle. */
    static String shortened(String cell, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        int kept = width - ELLIPSIS.length();
        int tail = kept / 2;
        return cell.substring(0, kept - tail) + ELLIPSIS + cell.substring(cell.length() - tail);
    }
}
