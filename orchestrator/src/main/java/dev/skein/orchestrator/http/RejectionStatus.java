package dev.skein.orchestrator.http;

import dev.skein.orchestrator.rollout.RejectionCode;

/** The HTTP status of each sort of refusal. */
final class RejectionStatus {
    private static final int INVALID = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;

    private RejectionStatus() {}

    static int of(RejectionCode code) {
        return switch (code.category()) {
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case INVALID -> INVALID;
            case TOO_LARGE -> TOO_LARGE;
        };
    }
}
