package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.engine.runner.RunEnd;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.DelegatedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the checkout beside an agent with the one that a plan was built from. */
final class ProjectFiles {
    private static final int NAMED_MAX = 5;

    private ProjectFiles() {}

    /** Why the step may not run here; empty where its files are those of the plan. */
    static Optional<StepFailure> differing(RunnerConfig runner, DelegatedStep step)
            throws IOException {
        Path home = runner.directory().toRealPath();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, String> file : step.files().entrySet()) {
            if (!matches(runner, home, file.getKey(), file.getValue())) {
                others.add(file.getKey());
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        RunFailures.permanent(
                                RunEnd.DIFFERS,
                                "in %s of runner '%s' %s not as the plan was built from: %s; bring"
                                                .formatted(
                                                        runner.directory(),
                                                        runner.name(),
                                                        others.size() == 1
                                                                ? "one file is"
                                                                : others.size() + " files are",
                                                        named(others))
                                        + " that directory to the state of the plan, or build the"
                                        + " plan again"));
    }

    /** A class counts as the one that a run would load. */
    private static boolean matches(RunnerConfig runner, Path home, String name, String digest)
            throws IOException {
        if (!runner.classPath().isEmpty()) {
            return ClassPathFiles.first(runner, name).map(Sha256::hex).equals(Optional.of(digest));
        }
        Path file = home.resolve(name);
        return Files.isRegularFile(file)
                && file.toRealPath().startsWith(home)
                && Sha256.hex(Files.readAllBytes(file)).equals(digest);
    }

    private static String named(List<String> files) {
        String first = String.join(", ", files.subList(0, Math.min(NAMED_MAX, files.size())));
        return files.size() > NAMED_MAX
                ? first + " and " + (files.size() - NAMED_MAX) + " more"
                : first;
    }
}
