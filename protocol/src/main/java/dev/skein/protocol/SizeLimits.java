package dev.skein.protocol;

/**
 * How large things may be, in bytes: one set of numbers, from the script that is read to the record
 * that carries it.
 *
 * <p>What is larger is refused where it comes in, when the plan is built, and not further down.
 */
public final class SizeLimits {
    /** One script of a migration: 64 MiB. */
    public static final int SCRIPT_BYTES_MAX = 64 << 20;

    /** One plan as JSON: 256 MiB. */
    public static final int PLAN_BYTES_MAX = 256 << 20;

    /** What stands around a plan where it travels, such as its name: 1 MiB. */
    public static final int AROUND_PLAN_BYTES_MAX = 1 << 20;

    /** The body of a request that publishes a plan: 257 MiB. */
    public static final int BODY_BYTES_MAX = PLAN_BYTES_MAX + AROUND_PLAN_BYTES_MAX;

    /** One record of the log: 16 MiB; a plan that is larger takes several in a row. */
    public static final int RECORD_BYTES_MAX = 16 << 20;

    private SizeLimits() {}
}
