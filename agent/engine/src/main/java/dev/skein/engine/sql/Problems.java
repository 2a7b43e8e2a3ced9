package dev.skein.engine.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one script. */
final class Problems {
    private final SourceText source;
    private final List<SqlProblem> found = new ArrayList<>();

    Problems(SourceText source) {
        this.source = source;
    }

    void add(int offset, RefusalCode code, String message, String hint) {
        found.add(
                new SqlProblem(
                        source.getSourceName(),
                        source.line(offset),
                        source.column(offset),
                        code,
                        message,
                        hint));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void refuseIfAny() {
        if (!found.isEmpty()) {
            found.sort(
                    Comparator.comparingInt(SqlProblem::line).thenComparingInt(SqlProblem::column));
            throw new SqlRefused(found);
        }
    }
}
