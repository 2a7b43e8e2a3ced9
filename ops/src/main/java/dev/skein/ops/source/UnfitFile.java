package dev.skein.ops.source;

import java.io.IOException;

/** A file that is there and is not read: the message says what it is, the hint what to do. */
public final class UnfitFile extends IOException {
    private static final long serialVersionUID = 1L;

    private final PlanProblemCode code;
    private final String hint;

    UnfitFile(PlanProblemCode code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    /** Why it is refused. */
    public PlanProblemCode code() {
        return code;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
