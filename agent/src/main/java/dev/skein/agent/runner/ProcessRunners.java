package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.RunnerKind;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.engine.runner.Runners;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.DatabaseId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runners of an agent's configuration, each run a process of its own.
 *
 * <p>Any thread. A run ends with {@link #close}, and outlives an agent that is killed: what is
 * known of it lies in a file, so that the next agent waits for it.
 */
public final class ProcessRunners implements Runners {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProcessRunners.class);

    private static final int TOLD_MAX = 50;

    private final Vertx vertx;
    private final SortedMap<String, RunnerConfig> runners;
    private final Map<String, ServerConfig> servers = new TreeMap<>();
    private final RunRecords records;
    private final Predicate<String> passing;
    private final Map<DatabaseId, ProcessRun> running = new ConcurrentHashMap<>();

    /**
     * @param runs where runs that are under way are noted
     * @param runners by name
     * @param passing whether the same attempt may succeed later after a failure of an SQLSTATE
     */
    public ProcessRunners(
            Vertx vertx,
            Path runs,
            SortedMap<String, RunnerConfig> runners,
            List<ServerConfig> servers,
            Predicate<String> passing) {
        this.passing = passing;
        this.vertx = vertx;
        this.runners = runners;
        this.records = new RunRecords(runs);
        servers.forEach(server -> this.servers.put(server.name(), server));
        runners.values().forEach(ProcessRunners::warnOfNoDirectory);
    }

    private static void warnOfNoDirectory(RunnerConfig runner) {
        if (!Files.isDirectory(runner.directory())) {
            LOGGER.atWarn()
                    .addKeyValue("runner", runner.name())
                    .addKeyValue("directory", runner.directory())
                    .log("The directory of a runner is not there");
        }
    }

    @Override
    public Run start(RunRequest request) {
        Optional<RunnerConfig> runner = Optional.ofNullable(runners.get(request.step().runner()));
        Optional<StepFailure> refusal =
                runner.map(found -> unfit(found, request).or(() -> noServer(request)))
                        .orElseGet(() -> Optional.of(absent(request)));
        return refusal.isPresent()
                ? new RefusedRun(refusal.get())
                : started(runner.orElseThrow(), request);
    }

    private Run started(RunnerConfig runner, RunRequest request) {
        ServerConfig server = servers.get(request.database().server());
        ProcessRun run = new ProcessRun(vertx, runner, server, request, records, passing);
        running.put(request.database(), run);
        run.begin();
        run.ended().onComplete(done -> running.remove(request.database(), run));
        return run;
    }

    private static Optional<StepFailure> unfit(RunnerConfig runner, RunRequest request) {
        boolean ofFramework = runner.kind() != RunnerKind.COMMAND;
        return ofFramework == request.step().recordsVersion()
                ? Optional.empty()
                : Optional.of(
                        RunFailures.permanent(
                                RunEnd.NO_RUNNER,
                                "the agent's runner '%s' is of kind %s, and the plan wants one "
                                                .formatted(runner.name(), runner.kind().label())
                                        + (ofFramework
                                                ? "that runs a program of the team's own"
                                                : "that calls its framework")));
    }

    private Optional<StepFailure> noServer(RunRequest request) {
        return servers.containsKey(request.database().server())
                ? Optional.empty()
                : Optional.of(
                        RunFailures.permanent(
                                RunEnd.UNFIT,
                                "the agent's file has no server '%s', whose address and password"
                                                .formatted(request.database().server())
                                        + " the run would need"));
    }

    private static StepFailure absent(RunRequest request) {
        return RunFailures.permanent(
                RunEnd.NO_RUNNER,
                "the agent has no runner '%s'; configure it under 'runners' and start"
                                .formatted(request.step().runner())
                        + " the agent again");
    }

    @Override
    public Future<Void> earlierEnded(DatabaseId database) {
        ProcessRun own = running.get(database);
        return own != null
                ? own.ended().mapEmpty()
                : vertx.executeBlocking(() -> records.find(database))
                        .compose(
                                found ->
                                        found.map(each -> LeftRun.ended(vertx, each, records))
                                                .orElse(Future.succeededFuture()));
    }

    @Override
    public Duration timeLimit(String runner) {
        return Optional.ofNullable(runners.get(runner))
                .map(RunnerConfig::timeLimit)
                .orElse(Duration.ZERO);
    }

    /** The runs of this moment, by database; the first 50. */
    public List<RunUnderWay> underWay() {
        return running.values().stream()
                .map(ProcessRun::underWay)
                .sorted(Comparator.comparing(RunUnderWay::database))
                .limit(TOLD_MAX)
                .toList();
    }

    /** Ends all runs and completes when none is left. Never fails. */
    public Future<Void> close() {
        List<Future<Void>> ends =
                running.values().stream()
                        .map(
                                run -> {
                                    run.stop();
                                    return run.ended().<Void>mapEmpty();
                                })
                        .toList();
        return Future.join(ends).<Void>mapEmpty().otherwiseEmpty();
    }
}
