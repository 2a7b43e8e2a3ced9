package dev.skein.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * Where one statement stands in a text that was sent as one query. Asked after a failure only; the
 * text is read up to that statement, and nothing of it is kept, however long it is.
 *
 * @param number from 1
 * @param line of its first word, from 1
 * @param text on one line, shortened
 */
public record StatementPlace(int number, int line, String text) {
    private static final int SHOWN_MAX = 120;

    /** The statement of that number, from 1. */
    public static Optional<StatementPlace> ofNumber(String sql, int number) {
        return new Search(sql).find(number, Integer.MAX_VALUE);
    }

    /**
     * The statement in which that character stands; the line is the character's.
     *
     * @param position counted in characters from 1, as the server does
     */
    public static Optional<StatementPlace> ofPosition(String sql, int position) {
        int characters = Math.min(position - 1, sql.codePointCount(0, sql.length()));
        int offset = sql.offsetByCodePoints(0, Math.max(0, characters));
        int line = 1 + (int) sql.substring(0, offset).chars().filter(c -> c == '\n').count();
        return new Search(sql)
                .find(Integer.MAX_VALUE, offset)
                .map(found -> new StatementPlace(found.number, line, found.text));
    }

    /** One pass over the text. */
    private static final class Search {
        private final SourceText source;
        private final Problems problems;
        private final TokenStream tokens;
        private final List<Lexeme> statement = new ArrayList<>();
        private Nesting nesting;
        private int before;

        Search(String sql) {
            this.source = new SourceText("step", sql);
            this.problems = new Problems(source);
            this.tokens = new TokenStream(source);
            this.nesting = new Nesting(source, problems);
        }

        /** The first statement that has this number, or ends behind this offset. */
        Optional<StatementPlace> find(int number, int offset) {
            for (Optional<Lexeme> next = tokens.next(); next.isPresent(); next = tokens.next()) {
                Lexeme lexeme = next.get();
                boolean ends = lexeme.type() == SQLLexer.SEMI_COLON && !nesting.isOpen();
                if (ends && !statement.isEmpty()) {
                    before++;
                    if (before == number || lexeme.end() > offset) {
                        return Optional.of(place(before));
                    }
                }
                if (ends) {
                    statement.clear();
                    nesting = new Nesting(source, problems);
                } else {
                    nesting.enter(lexeme, statement);
                    statement.add(lexeme);
                }
            }
            boolean last = !statement.isEmpty() && (number == before + 1 || offset < source.size());
            return last ? Optional.of(place(before + 1)) : Optional.empty();
        }

        private StatementPlace place(int number) {
            int start = statement.get(0).start();
            int end = statement.get(statement.size() - 1).end();
            String words =
                    source.text()
                            .substring(start, Math.min(end, start + SHOWN_MAX * 2))
                            .replaceAll("\\s+", " ")
                            .strip();
            boolean whole = words.length() <= SHOWN_MAX && end - start <= SHOWN_MAX * 2;
            int shown = Math.min(words.length(), SHOWN_MAX);
            return new StatementPlace(
                    number, source.line(start), whole ? words : words.substring(0, shown) + "…");
        }
    }
}
