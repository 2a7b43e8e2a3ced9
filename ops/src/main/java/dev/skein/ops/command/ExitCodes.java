package dev.skein.ops.command;

/** The exit codes of the process. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** The call was right, but what it names is not in a state that allows it now. */
    static final int REFUSED = 3;

    private ExitCodes() {}
}
