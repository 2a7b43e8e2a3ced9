package dev.skein.engine.sql;

import java.util.List;
import java.util.stream.Collectors;

/** A script that cannot become part of a plan, with all the reasons that were found. */
public final class SqlRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SqlProblem> problems;

    SqlRefused(List<SqlProblem> problems) {
        super(problems.stream().map(SqlProblem::describe).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one problem, in the order of the script. */
    public List<SqlProblem> problems() {
        return problems;
    }
}
