package dev.skein.ops.lint;

import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** Makes a tree of one statement by the grammar of pgcodekeeper. */
final class StatementTree {
    private StatementTree() {}

    /** The tree, or empty where the grammar does not know the statement. */
    static Optional<StatementContext> of(String statement) {
        return tree(statement, PredictionMode.SLL).or(() -> tree(statement, PredictionMode.LL));
    }

    /** The faster way of prediction first: what it reads, the other one reads alike. */
    private static Optional<StatementContext> tree(String statement, PredictionMode mode) {
        SQLLexer lexer = new SQLLexer(CharStreams.fromString(statement));
        lexer.removeErrorListeners();
        SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(mode);
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            SqlContext sql = parser.sql();
            return sql.statement().size() == 1 ? Optional.of(sql.statement(0)) : Optional.empty();
        } catch (ParseCancellationException unknown) {
            return Optional.empty();
        }
    }
}
