package dev.skein.ops.tools;

/**
 * How a command ended.
 *
 * @param exitCode 0 where it succeeded
 * @param output what it wrote, standard error included, in the order in which it came
 */
public record Ran(int exitCode, String output) {
    /** The same, if it succeeded; else a failure with its output. */
    public Ran requireDone() {
        if (exitCode != 0) {
            throw new AssertionError("the command ended with " + exitCode + ":\n" + output);
        }
        return this;
    }
}
