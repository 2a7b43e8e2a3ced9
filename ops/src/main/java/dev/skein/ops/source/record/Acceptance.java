package dev.skein.ops.source.record;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which migrations an operator takes as they were recorded, although their SQL may not be the same
 * everywhere.
 *
 * <p>Threads: one.
 */
public final class Acceptance {
    private static final String OPTION = "--accept ";

    private final Set<String> accepted;
    private final PlanProblems problems;
    private final Set<String> asked = new TreeSet<>();

    /**
     * @param accepted names of migrations
     * @param problems takes the others
     */
    public Acceptance(Set<String> accepted, PlanProblems problems) {
        this.accepted = accepted;
        this.problems = problems;
    }

    /** Whether the migration is taken as recorded. */
    public boolean has(String name) {
        return accepted.contains(name);
    }

    /**
     * Adds a problem unless the migration is taken as recorded.
     *
     * @param reason why its SQL may not be the same everywhere
     * @param better what the team could do about it, as the beginning of a sentence
     */
    public void ask(String name, String file, String reason, String better) {
        if (!has(name) && asked.add(name)) {
            problems.add(
                    file,
                    PlanProblemCode.NOT_REPEATABLE,
                    reason,
                    better + ", or take it as recorded with " + OPTION + name);
        }
    }

    /**
     * Adds a problem if a migration is accepted that is not there.
     *
     * @param known names of all migrations
     * @param lack what is missing, as the end of a sentence
     * @param hint how a migration is named
     */
    public void check(Set<String> known, Path directory, String lack, String hint) {
        String unknown =
                accepted.stream()
                        .filter(name -> !known.contains(name))
                        .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            problems.add(
                    directory.toString(),
                    PlanProblemCode.NO_MIGRATION,
                    "--accept names " + unknown + ", and " + lack,
                    hint);
        }
    }

    /**
     * The plan, if nothing speaks against it.
     *
     * @param plan empty only where a problem was added
     * @throws PlanRefused with all problems, and how to accept what was asked for
     */
    public Plan orRefused(Framework framework, Path directory, Optional<Plan> plan) {
        if (!problems.isEmpty()) {
            throw new PlanRefused(framework, directory, problems.inOrder(), forAll());
        }
        return plan.orElseThrow();
    }

    /** How to take several that were asked for at once; empty for fewer than two. */
    private Optional<String> forAll() {
        return asked.size() < 2
                ? Optional.empty()
                : Optional.of(
                        "All "
                                + asked.size()
                                + " of them are taken as recorded with "
                                + asked.stream()
                                        .map(each -> OPTION + each)
                                        .collect(Collectors.joining(" ")));
    }
}
