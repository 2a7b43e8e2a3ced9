package dev.skein.ops.rehearse;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.agent.config.ServerPassword;
import dev.skein.agent.runner.ProcessRunners;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.plan.DelegatedStep;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The runners of an agent's file, which carry out delegated steps in scratch databases: the same
 * processes, told of another server.
 *
 * <p>Any thread.
 */
public final class ScratchRunners {
    /** None: a plan that delegates steps cannot be rehearsed. */
    public static final ScratchRunners NONE = new ScratchRunners(Collections.emptySortedMap());

    private final SortedMap<String, RunnerConfig> runners;

    /**
     * @param runners by name
     */
    public ScratchRunners(SortedMap<String, RunnerConfig> runners) {
        this.runners = Collections.unmodifiableSortedMap(new TreeMap<>(runners));
    }

    /** Their names. */
    Set<String> names() {
        return runners.keySet();
    }

    /**
     * Runs them in databases of that server; the caller closes what it gets.
     *
     * @param runs where runs that are under way are noted
     * @param passing whether the same attempt may succeed later after a failure of an SQLSTATE
     */
    ProcessRunners over(
            Vertx vertx,
            Path runs,
            ScratchServer server,
            SampleValues samples,
            Predicate<String> passing) {
        SortedMap<String, RunnerConfig> here = new TreeMap<>();
        SortedMap<String, String> labels = new TreeMap<>();
        runners.forEach(
                (name, runner) -> {
                    here.put(name, runner.inSchema(SampleValues.DEFAULT_SCHEMA));
                    runner.labels().forEach(each -> labels.put(each, samples.label(each)));
                });
        ServerConfig config =
                new ServerConfig(
                        ScratchEngine.SERVER,
                        server.uri(),
                        server.password().map(each -> new ServerPassword(each, Optional.empty())),
                        1,
                        labels,
                        List.of());
        return new ProcessRunners(vertx, runs, here, List.of(config), passing);
    }

    /** What the step's program says, as far as it can be read: the files that the plan names. */
    String textOf(DelegatedStep step) {
        RunnerConfig runner = runners.get(step.runner());
        if (runner == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String file : step.files().keySet()) {
            text.append(content(runner.directory().resolve(file))).append('\n');
        }
        return text.toString();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            // Its runner refuses the step then, and says why.
            return "";
        }
    }
}
