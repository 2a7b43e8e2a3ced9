package dev.skein.ops.source.record;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceOption;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What becomes of migrations whose SQL may not be the same everywhere: an operator takes some as
 * they were recorded, and has the framework run others in each database.
 *
 * <p>Threads: one.
 */
public final class Acceptance {
    private static final String OPTION = "--accept ";
    private static final String DELEGATE = "--delegate ";
    private static final String BY_NAME = "asked for by name";
    private static final Pattern SEEN =
            Pattern.compile(
                    "(?<=not the same twice|second time|it differs|it fails): .*$", Pattern.DOTALL);

    private final Set<String> accepted;
    private final Delegation delegation;
    private final Set<SourceOption> options;
    private final PlanProblems problems;
    private final Set<String> asked = new TreeSet<>();

    /**
     * @param accepted names of migrations
     * @param options that mean something to the source
     * @param problems takes the others
     */
    private Acceptance(
            Set<String> accepted,
            Delegation delegation,
            Set<SourceOption> options,
            PlanProblems problems) {
        this.accepted = accepted;
        this.delegation = delegation;
        this.options = Collections.unmodifiableSet(new TreeSet<>(options));
        this.problems = problems;
    }

    /**
     * For a source that records.
     *
     * @param options that mean something to it
     */
    public static Acceptance of(Recording how, Set<SourceOption> options, PlanProblems problems) {
        return new Acceptance(how.accepted(), how.delegation(), options, problems);
    }

    /**
     * Why the framework is to run the migration; empty if its recording is taken or it is asked
     * for.
     *
     * @param found why its SQL may not be the same everywhere
     */
    public Optional<String> delegated(String name, Optional<String> found) {
        if (delegation.names(name)) {
            return Optional.of(found.map(Acceptance::lasting).orElse(BY_NAME));
        }
        return found.filter(reason -> delegation.auto() && !has(name)).map(Acceptance::lasting);
    }

    /** Without what was seen this time: the same directory gives the same plan again. */
    private static String lasting(String reason) {
        return SEEN.matcher(reason).replaceFirst("");
    }

    /** What could be done instead about a migration, as a clause. */
    public static String ways(String name) {
        return OPTION
                + name
                + " takes it as recorded, "
                + DELEGATE
                + name
                + " has the framework run it in each database";
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
                    better
                            + ", or take it as recorded with "
                            + OPTION
                            + name
                            + orDelegated(", or have the framework run it", name)
                            + orLeftOut(name));
        }
    }

    /**
     * Adds a problem if a migration is named that is not there, or named for both.
     *
     * @param known names of all migrations
     * @param lack what is missing, as the end of a sentence
     * @param hint how a migration is named
     */
    public void check(Set<String> known, Path directory, String lack, String hint) {
        checkNames(OPTION, accepted, known, new Unknown(directory, lack, hint));
        checkNames(DELEGATE, delegation.byName(), known, new Unknown(directory, lack, hint));
        delegation.byName().stream()
                .filter(accepted::contains)
                .forEach(
                        name ->
                                problems.add(
                                        directory.toString(),
                                        PlanProblemCode.CONFIGURATION,
                                        "both --accept and --delegate name " + name,
                                        "Keep --accept for its recording, or --delegate for a run"
                                                + " by the framework in each database"));
    }

    private record Unknown(Path directory, String lack, String hint) {}

    private void checkNames(String option, Set<String> named, Set<String> known, Unknown words) {
        String unknown =
                named.stream()
                        .filter(name -> !known.contains(name))
                        .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            problems.add(
                    words.directory().toString(),
                    PlanProblemCode.NO_MIGRATION,
                    option + "names " + unknown + ", and " + words.lack(),
                    words.hint());
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
                                        .collect(Collectors.joining(" "))
                                + orDelegated(", or run by the framework", Delegation.AUTO));
    }

    private String orDelegated(String what, String name) {
        return options.contains(SourceOption.DELEGATE)
                ? what + " in each database with " + DELEGATE + name
                : "";
    }

    private String orLeftOut(String name) {
        return options.contains(SourceOption.LEAVE_OUT)
                ? ", or leave it as each database has it with --leave-out " + name
                : "";
    }
}
