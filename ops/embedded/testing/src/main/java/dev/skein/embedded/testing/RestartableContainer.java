package dev.skein.embedded.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/**
 * A container whose server stops and comes back with its data. Testcontainers' own {@code stop}
 * would delete it. Not thread-safe: its owner serialises.
 */
final class RestartableContainer {
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final GenericContainer<?> container;

    private RestartableContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts it for the first time, and returns when its wait strategy is satisfied. */
    static RestartableContainer start(GenericContainer<?> container) {
        container.start();
        return new RestartableContainer(container);
    }

    /** Where its ports are published; an address where the name could mean an IPv6 one. */
    String host() {
        String host = container.getHost();
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    /** Starts the server again; false if it runs. The caller waits until the server answers. */
    boolean startAgain() {
        if (container.isRunning()) {
            return false;
        }
        client().startContainerCmd(container.getContainerId()).exec();
        return true;
    }

    /** Stops the server by a signal to the first process, after 30 s by force. */
    void stop(String signal) {
        if (container.isRunning()) {
            kill(signal);
            awaitStopped();
        }
    }

    /** Stops the server by a shell command that runs inside, after 30 s by force. */
    void stopBy(String command) {
        if (container.isRunning()) {
            // The command's end is no measure: it may not outlive the server that it stops.
            exec(command);
            awaitStopped();
        }
    }

    private void awaitStopped() {
        try {
            await();
        } catch (DockerClientException late) {
            kill("SIGKILL");
            await();
        }
    }

    /** Throws what Docker's client throws for a container that has not stopped in time. */
    private void await() {
        client().waitContainerCmd(container.getContainerId())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
    }

    private void kill(String signal) {
        client().killContainerCmd(container.getContainerId()).withSignal(signal).exec();
    }

    /** Runs a shell command inside, which has to succeed. */
    void run(String command) {
        ExecResult result = exec(command);
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(
                    "in a container of %s, %s ended with exit code %d: %s"
                            .formatted(
                                    container.getDockerImageName(),
                                    command,
                                    result.getExitCode(),
                                    result.getStderr()));
        }
    }

    private ExecResult exec(String command) {
        try {
            return container.execInContainer("sh", "-c", command);
        } catch (IOException e) {
            throw new IllegalStateException(command + " could not be run in a container", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a container ran " + command, e);
        }
    }

    /** Stops and deletes the container with its data. */
    void close() {
        container.stop();
    }

    private DockerClient client() {
        return container.getDockerClient();
    }
}
