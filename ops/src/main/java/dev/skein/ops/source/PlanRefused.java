package dev.skein.ops.source;

import dev.skein.protocol.plan.Framework;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A directory that cannot become a plan, with all the reasons that were found. */
public final class PlanRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<PlanProblem> problems;

    public PlanRefused(Framework framework, Path directory, List<PlanProblem> problems) {
        this(framework, directory, problems, Optional.empty());
    }

    /**
     * @param advice what could be done about several of them at once, a sentence without its stop
     */
    public PlanRefused(
            Framework framework,
            Path directory,
            List<PlanProblem> problems,
            Optional<String> advice) {
        super(
                "no plan can be built from the %s migrations in %s, %s:\n%s"
                                .formatted(
                                        framework.label(),
                                        directory,
                                        problems.size() == 1
                                                ? "1 problem"
                                                : problems.size() + " problems",
                                        problems.stream()
                                                .map(PlanProblem::describe)
                                                .collect(Collectors.joining("\n")))
                        + advice.map(each -> "\n" + each).orElse(""));
        this.problems = List.copyOf(problems);
    }

    /** At least one problem, by file and line. */
    public List<PlanProblem> problems() {
        return problems;
    }
}
