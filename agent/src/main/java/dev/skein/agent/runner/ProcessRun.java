package dev.skein.agent.runner;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.runner.Run;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.protocol.event.StepFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * One run as a process.
 *
 * <p>A thread of its own starts it, reads what it prints and waits for its end; {@link #stop} may
 * be called on any thread.
 */
final class ProcessRun implements Run {
    private final Vertx vertx;
    private final RunnerConfig runner;
    private final ServerConfig server;
    private final RunRequest request;
    private final RunRecords records;
    private final Predicate<String> passing;
    private final Promise<RunEnd> ended = Promise.promise();
    private final AtomicReference<ProcessHandle> leader = new AtomicReference<>();
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.BY_ITSELF);
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
        try {
            Optional<StepFailure> differing = ProjectFiles.differing(runner, request.step());
            ended.complete(differing.isPresent() ? new RunEnd(differing, "") : afterProcess());
        } catch (IOException | UncheckedIOException | IllegalArgumentException unfit) {
            ended.complete(new RunEnd(Optional.of(notStarted(unfit)), output.end()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ended.complete(new RunEnd(Optional.of(notStarted(interrupted)), output.end()));
        }
    }

    private StepFailure notStarted(Exception cause) {
        return RunFailures.permanent(
                "runner-unfit",
                "runner '%s' cannot be started in %s: %s"
                        .formatted(runner.name(), runner.directory(), cause.getMessage()));
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
        Process process = builder.start();
        ProcessHandle handle = process.toHandle();
        note(process);
        leader.set(handle);
        if (ending.get() != Ending.BY_ITSELF) {
            terminate(handle);
        }
        long limit = vertx.setTimer(runner.timeLimit().toMillis(), over -> end(Ending.TIMED_OUT));
        // What it leaves behind would hold its output open.
        process.onExit().thenRun(() -> ProcessGroup.kill(handle));
        RunLines.read(process.getInputStream(), output);
        int exit = process.waitFor();
        vertx.cancelTimer(limit);
        records.remove(request.database());
        return end(exit);
    }

    /** A run of which the next agent would not know must not go on. */
    private void note(Process process) throws IOException, InterruptedException {
        ProcessHandle handle = process.toHandle();
        try {
            process.getOutputStream().close();
            records.write(request.database(), handle, Instant.now().plus(runner.timeLimit()));
        } catch (IOException unnoted) {
            ProcessGroup.kill(handle);
            process.waitFor();
            throw unnoted;
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
                                                            RunFailures.told(output.text()))));
                    case TIMED_OUT ->
                            Optional.of(
                                    RunFailures.permanent(
                                            "runner-timeout",
                                            "the run by '%s' took longer than its limit of %d s"
                                                            .formatted(
                                                                    runner.name(),
                                                                    runner.timeLimit().toSeconds())
                                                    + " and was ended"
                                                    + RunFailures.told(output.text())));
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
