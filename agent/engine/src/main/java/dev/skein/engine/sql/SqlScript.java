package dev.skein.engine.sql;

import dev.skein.protocol.plan.Atomicity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The statements of one script, in order.
 *
 * @param file the script's name as messages show it
 * @param atomicity what can stay of the script, sent as one query, if it does not come to its end
 */
public record SqlScript(String file, List<SqlStatement> statements, Atomicity atomicity) {
    public SqlScript {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(atomicity, "atomicity");
        statements = List.copyOf(statements);
    }

    /**
     * Splits a script and classifies its statements. A script of nothing but comments has none.
     *
     * @throws SqlRefused with every problem that the script has, if it has any
     */
    public static SqlScript parse(String fileName, String text) {
        SourceText source = new SourceText(fileName, text);
        Problems problems = new Problems(source);
        List<SplitStatement> statements = new Splitter(source, problems).split();
        problems.refuseIfAny();
        return new SqlScript(
                fileName,
                statements.stream().map(SplitStatement::statement).toList(),
                AtomicityReader.read(statements));
    }

    /**
     * The text as it means, sent as one query, what it means statement by statement, where it
     * changes on the way how its literals are read; as it is where it cannot be read.
     */
    public static String asOneQuery(String fileName, String text) {
        if (!LiteralSettings.mayChangeIn(text)) {
            return text;
        }
        SourceText source = new SourceText(fileName, text);
        Problems problems = new Problems(source);
        Splitter splitter = new Splitter(source, problems);
        splitter.split();
        return problems.isEmpty() ? splitter.sent() : text;
    }

    /** What can stay of a text that is sent as one query; the careful answer if it is refused. */
    public static Atomicity atomicityOf(String text) {
        try {
            return parse("statement", text).atomicity();
        } catch (SqlRefused refused) {
            return Atomicity.NOT_ATOMIC;
        }
    }

    /**
     * The script with the rows that it holds for {@code copy … from stdin} written as insert
     * statements, each row on the line where it stood.
     *
     * @throws SqlRefused with every problem that the script has, if it has any
     */
    public static String withInserts(String fileName, String text) {
        SourceText source = new SourceText(fileName, text);
        Problems problems = new Problems(source);
        CopyRows copies = new CopyRows(source, problems);
        new Splitter(source, problems, Optional.of(copies)).split();
        problems.refuseIfAny();
        return copies.replaced();
    }
}
