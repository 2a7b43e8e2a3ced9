package dev.skein.orchestrator.http;

import dev.skein.protocol.Labelled;

/** Why a request was refused before it reached the fleet; stable names for outsiders. */
enum HttpProblemCode implements Labelled {
    MALFORMED_JSON("malformed-json", 400),
    INVALID_REQUEST("invalid-request", 400),
    INVALID_PARAMETER("invalid-parameter", 400),
    BAD_CURSOR("bad-cursor", 400),
    UNAUTHORIZED("unauthorized", 401),
    CROSS_ORIGIN("cross-origin", 403),
    UNKNOWN_HOST("unknown-host", 403),
    NOT_FOUND("not-found", 404),
    METHOD_NOT_ALLOWED("method-not-allowed", 405),
    BODY_TIMEOUT("body-timeout", 408),
    AMBIGUOUS_PLAN("ambiguous-plan", 409),
    BODY_TOO_LARGE("body-too-large", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415),
    INTERNAL_ERROR("internal-error", 500),
    NOT_LEADING("not-leading", 503),
    UNAVAILABLE("unavailable", 503),
    TOO_BUSY("too-busy", 503),
    NOT_READY("not-ready", 503);

    private final String label;
    private final int status;

    HttpProblemCode(String label, int status) {
        this.label = label;
        this.status = status;
    }

    @Override
    public String label() {
        return label;
    }

    int status() {
        return status;
    }
}
