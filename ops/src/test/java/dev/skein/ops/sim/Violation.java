package dev.skein.ops.sim;

/** A promise was broken. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

    static void unless(boolean holds, String broken) {
        if (!holds) {
            throw new Violation(broken);
        }
    }
}
