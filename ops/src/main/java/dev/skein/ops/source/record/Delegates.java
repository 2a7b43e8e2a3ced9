package dev.skein.ops.source.record;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.IoReason;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes the steps of migrations that the framework runs itself.
 *
 * <p>Threads: one.
 */
public final class Delegates {
    private final Path home;
    private final Optional<String> runner;
    private final Pattern unsafe;
    private final PlanProblems problems;

    /**
     * @param home where the team calls its framework; files are named from here
     * @param unsafe what in a file tells that it may end the transaction it was given, or use one
     *     of its own
     */
    public Delegates(Path home, Delegation delegation, Pattern unsafe, PlanProblems problems) {
        this.home = home.toAbsolutePath().normalize();
        this.runner = delegation.runnerOf(home);
        this.unsafe = unsafe;
        this.problems = problems;
    }

    /**
     * One direction of a migration.
     *
     * @param script its file, as messages name it
     * @param migration what the framework's command calls it
     * @param before what the command calls the state without it
     * @param atomic whether the framework runs it in one transaction
     * @param files its own and what it imports, relative to the home
     * @param reason why it is delegated
     */
    public record Program(
            String script,
            String migration,
            Optional<String> before,
            boolean atomic,
            List<String> files,
            String reason) {
        public Program {
            files = List.copyOf(files);
        }
    }

    /** The step of one direction; nothing, with a problem added, where it cannot be one. */
    public List<Step> steps(Program run) {
        return steps(run, true);
    }

    /** As {@link #steps(Program)}, for a program that leaves the version table to Skein. */
    public List<Step> stepsBeside(Program run) {
        return steps(run, false);
    }

    private List<Step> steps(Program run, boolean recordsVersion) {
        Optional<String> name = runner;
        if (name.isEmpty()) {
            return refused(run, "it is delegated, and " + home + " gives no name for its runner");
        }
        if (run.files().isEmpty()) {
            return refused(run, "it is delegated, and its file lies outside of " + home);
        }
        try {
            SortedMap<String, String> digests = new TreeMap<>();
            boolean atomic = run.atomic();
            for (String file : run.files()) {
                byte[] bytes = Files.readAllBytes(home.resolve(file));
                digests.put(file, Sha256.hex(bytes));
                atomic &= !unsafe.matcher(new String(bytes, StandardCharsets.UTF_8)).find();
            }
            return List.of(
                    new DelegatedStep(
                            name.get(),
                            run.migration(),
                            run.before(),
                            recordsVersion,
                            atomic ? Atomicity.ATOMIC : Atomicity.NOT_ATOMIC,
                            digests,
                            run.reason()));
        } catch (IllegalArgumentException unfit) {
            return refused(run, "it is delegated, and " + unfit.getMessage());
        } catch (IOException e) {
            return refused(run, "it is delegated, and cannot be read: " + IoReason.of(e));
        }
    }

    private List<Step> refused(Program run, String why) {
        problems.add(
                run.script(),
                PlanProblemCode.CONFIGURATION,
                why,
                "Name the runner with --runner, and build the plan from the directory in which"
                        + " the framework is called");
        return List.of();
    }
}
