package dev.skein.orchestrator.http;

/** Carries a problem from where it is noticed to where it is answered; expected, so no stack. */
final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpProblem problem;

    RequestRefused(HttpProblem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    HttpProblem problem() {
        return problem;
    }
}
