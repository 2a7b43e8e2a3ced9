package dev.skein.ops.sim;

/** One run of a process; what it had planned dies with it. */
final class Life {
    static final Life FOREVER = new Life();

    private boolean over;

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
