package dev.skein.ops.source;

import dev.skein.engine.sql.SqlProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Collects the problems of one directory. */
public final class PlanProblems {
    private static final Comparator<PlanProblem> BY_PLACE =
            Comparator.comparing(PlanProblem::file)
                    .thenComparingInt(problem -> problem.line().orElse(0));

    private final List<PlanProblem> found = new ArrayList<>();

    public void add(String file, PlanProblemCode code, String message, String hint) {
        found.add(new PlanProblem(file, OptionalInt.empty(), code.code(), message, hint));
    }

    public void add(String file, int line, PlanProblemCode code, String message, String hint) {
        found.add(new PlanProblem(file, OptionalInt.of(line), code.code(), message, hint));
    }

    public void add(PlanProblem problem) {
        found.add(problem);
    }

    public void add(SqlProblem problem) {
        found.add(
                new PlanProblem(
                        problem.file(),
                        OptionalInt.of(problem.line()),
                        problem.code().code(),
                        problem.message(),
                        problem.hint()));
    }

    /** Takes all that others have found. */
    public void addAll(PlanProblems others) {
        found.addAll(others.found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<PlanProblem> inOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
