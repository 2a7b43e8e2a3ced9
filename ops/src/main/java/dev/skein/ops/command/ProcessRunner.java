package dev.skein.ops.command;

import dev.skein.ops.run.Lifecycle;
import java.util.function.ToIntFunction;

/** Runs a process until its work is done, a part fails, or it is told to end. */
final class ProcessRunner {
    private ProcessRunner() {}

    /** Returns the exit code after all parts have stopped. */
    static int run(ToIntFunction<Lifecycle> work) {
        Lifecycle lifecycle = Lifecycle.ofProcess();
        try (lifecycle) {
            return work.applyAsInt(lifecycle);
        } catch (RuntimeException failure) {
            if (lifecycle.wereToldToEnd()) {
                // It failed because a part that it uses was stopped, as somebody asked.
                return ExitCodes.DONE;
            }
            throw failure;
        }
    }
}
