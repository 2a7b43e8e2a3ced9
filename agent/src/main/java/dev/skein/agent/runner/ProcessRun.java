package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.protocol.event.RunUnderWay;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.text.LastLines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run as a process.
 *
 * <p>A thread of its own starts it, reads what it prints and waits for its end; {@link #stop} may
 * be called on any thread.
 */
final class ProcessRun implements Run {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProcessRun.class);
    private static final int TOLD_MAX = 200;

    private final Vertx vertx;
    private final RunnerConfig runner;
    private final ServerConfig server;
    private final RunRequest request;
    private final RunRecords records;
    private final Predicate<String> passing;
    private final Promise<RunEnd> ended = Promise.promise();
    private final AtomicReference<ProcessHandle> leader = new AtomicReference<>();
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.BY_ITSELF);
    private boolean started;
    private volatile RunOutput output = new RunOutput(List.of());

    /** Who ended it. */
    private enum Ending {
        BY_ITSELF,
        STOPPED,
        TIMED_OUT
    }

    ProcessRun(
            Vertx vertx,
            RunnerConfig runner,
            ServerConfig server,
            RunRequest request,
            RunRecords records,
            Predicate<String> passing) {
        this.vertx = vertx;
        this.runner = runner;
        this.server = server;
        this.request = request;
        this.records = records;
        this.passing = passing;
    }

    void begin() {
        Thread thread = new Thread(this::run, "run-" + request.database());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Future<RunEnd> ended() {
        return ended.future();
    }

    @Override
    public Optional<String> lastLine() {
        return output.lastLine();
    }

    RunUnderWay underWay() {
        return new RunUnderWay(
                request.database(),
                runner.name(),
                request.step().migration(),
                lastLine().map(ProcessRun::shortened));
    }

    private static String shortened(String line) {
        return line.length() <= TOLD_MAX ? line : line.substring(0, TOLD_MAX - 1) + "\u2026";
    }

    @Override
    public void stop() {
        end(Ending.STOPPED);
    }

    private void end(Ending why) {
        if (!ending.compareAndSet(Ending.BY_ITSELF, why)) {
            return;
        }
        Optional.ofNullable(leader.get()).ifPresent(this::terminate);
    }

    private void terminate(ProcessHandle process) {
        long grace = Math.max(1, runner.grace().toMillis());
        vertx.executeBlocking(
                        () -> {
                            ProcessGroup.terminate(process);
                            return null;
                        })
                .compose(asked -> vertx.timer(grace))
                .compose(
                        passed ->
                                vertx.executeBlocking(
                                        () -> {
                                            if (process.isAlive()) {
                                                ProcessGroup.kill(process);
                                            }
                                            return null;
                                        }));
    }

    private void run() {
        RunEnd end = unexpected("its thread ended");
        try {
            Optional<StepFailure> differing = ProjectFiles.differing(runner, request.step());
            end = differing.isPresent() ? new RunEnd(differing, "") : afterProcess();
        } catch (IOException | IllegalArgumentException unfit) {
            end = unexpected(unfit.getMessage());
        } catch (RuntimeException fault) {
            LOGGER.atError().setCause(fault).log("A run ended in a way nobody thought of");
            end = unexpected(fault.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end = unexpected("interrupted");
        } finally {
            // Whoever waits for the end would wait for ever.
            ended.complete(end);
        }
    }

    private RunEnd unexpected(String why) {
        StepFailure failure =
                started
                        ? RunFailures.permanent(
                                "runner-failed",
                                "the run by '%s' was ended, since it could not be attended: %s"
                                        .formatted(runner.name(), why))
                        : notStarted(why);
        return new RunEnd(Optional.of(failure), output.end());
    }

    private StepFailure notStarted(String why) {
        return RunFailures.permanent(
                RunEnd.UNFIT,
                "runner '%s' cannot be started in %s: %s"
                        .formatted(runner.name(), runner.directory(), why));
    }

    private RunEnd afterProcess() throws IOException, InterruptedException {
        RunValues values = new RunValues(server, request);
        ProcessBuilder builder =
                new ProcessBuilder(RunCommand.of(runner, request, values))
                        .directory(runner.directory().toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(values.environment(runner));
        output = new RunOutput(values.secrets());
        RunCommand.requireProgram(runner, values, builder.environment().getOrDefault("PATH", ""));
        records.prepare();
        if (ending.get() != Ending.BY_ITSELF) {
            return end(0);
        }
        return end(exitOf(builder.start()));
    }

    /** A run of which the next agent would not know, or that nobody hears, must not go on. */
    private int exitOf(Process process) throws IOException, InterruptedException {
        started = true;
        boolean over = false;
        try {
            process.getOutputStream().close();
            int exit = attended(process);
            over = true;
            return exit;
        } finally {
            if (!over) {
                ProcessGroup.kill(process.toHandle());
                process.waitFor();
            }
            records.remove(request.database());
        }
    }

    private int attended(Process process) throws IOException, InterruptedException {
        ProcessHandle handle = process.toHandle();
        records.write(request.database(), handle, Instant.now().plus(runner.timeLimit()));
        leader.set(handle);
        if (ending.get() != Ending.BY_ITSELF) {
            terminate(handle);
        }
        long limit = vertx.setTimer(runner.timeLimit().toMillis(), over -> end(Ending.TIMED_OUT));
        try {
            // What it leaves behind would hold its output open.
            process.onExit().thenRun(() -> ProcessGroup.kill(handle));
            RunLines.read(process.getInputStream(), output);
            return process.waitFor();
        } finally {
            vertx.cancelTimer(limit);
        }
    }

    private RunEnd end(int exit) {
        Optional<StepFailure> failure =
                switch (ending.get()) {
                    case STOPPED ->
                            Optional.of(
                                    RunFailures.permanent(
                                            "runner-stopped",
                                            "the run by '%s' was stopped%s"
                                                    .formatted(
                                                            runner.name(),
                                                            LastLines.told(output.text()))));
                    case TIMED_OUT ->
                            Optional.of(
                                    RunFailures.permanent(
                                            "runner-timeout",
                                            "the run by '%s' took longer than its limit of %d s"
                                                            .formatted(
                                                                    runner.name(),
                                                                    runner.timeLimit().toSeconds())
                                                    + " and was ended"
                                                    + LastLines.told(output.text())));
                    case BY_ITSELF ->
                            exit == 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            RunFailures.ofExit(
                                                    runner.name(), exit, output.text(), passing));
                };
        return new RunEnd(failure, output.end());
    }
}
