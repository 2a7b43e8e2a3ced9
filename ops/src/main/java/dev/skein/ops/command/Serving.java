package dev.skein.ops.command;

import dev.skein.ops.run.Parts;
import java.util.function.ToIntFunction;

/** Runs the parts of a process until their work is done, one fails, or the process must end. */
final class Serving {
    private Serving() {}

    /** The exit code; all parts are stopped when it is there. */
    static int run(ToIntFunction<Parts> work) {
        Parts parts = Parts.ofProcess();
        try (parts) {
            return work.applyAsInt(parts);
        } catch (RuntimeException failure) {
            if (parts.wereToldToEnd()) {
                // It failed because a part it stood on was stopped, as was asked for.
                return ExitCodes.DONE;
            }
            throw failure;
        }
    }
}
