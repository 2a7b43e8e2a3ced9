package dev.skein.engine.sql;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The statements of one script, in order.
 *
 * @param file the script's name as messages show it
 */
public record SqlScript(String file, List<SqlStatement> statements) {
    public SqlScript {
        Objects.requireNonNull(file, "file");
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
        List<SqlStatement> statements = new Splitter(source, problems).split();
        problems.refuseIfAny();
        return new SqlScript(fileName, statements);
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
