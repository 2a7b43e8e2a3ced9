package dev.skein.orchestrator.http;

import dev.skein.orchestrator.runtime.Answer;
import java.util.Optional;

/** Lets an accepted answer through; any other becomes a problem. */
final class AnswerMapper<T> implements Answer.Visitor<T, Answer.Done<T>> {
    private static final int TEMPORARY_REDIRECT = 307;

    private final String uri;

    /**
     * @param uri path and query of the request, for the leader
     */
    AnswerMapper(String uri) {
        this.uri = uri;
    }

    @Override
    public Answer.Done<T> on(Answer.Done<T> answer) {
        return answer;
    }

    @Override
    public Answer.Done<T> on(Answer.Rejected<T> answer) {
        throw HttpProblem.of(answer.rejection()).refused();
    }

    @Override
    public Answer.Done<T> on(Answer.NotLeading<T> answer) {
        Optional<String> leader = answer.leaderUrl().filter(each -> !each.isBlank());
        throw leader.map(this::elsewhere).orElseGet(this::nowhere).refused();
    }

    private HttpProblem elsewhere(String leader) {
        String base = leader.endsWith("/") ? leader.substring(0, leader.length() - 1) : leader;
        String detail = "this orchestrator does not lead; ask the one at " + base;
        return HttpProblem.of(HttpProblemCode.NOT_LEADING, detail)
                .withStatus(TEMPORARY_REDIRECT)
                .with("Location", base + uri);
    }

    private HttpProblem nowhere() {
        return HttpProblem.of(
                        HttpProblemCode.NOT_LEADING,
                        "this orchestrator does not lead, and no leader is known yet; ask again in"
                                + " a moment")
                .retryable();
    }

    @Override
    public Answer.Done<T> on(Answer.Unavailable<T> answer) {
        throw HttpProblem.of(HttpProblemCode.UNAVAILABLE, answer.message()).retryable().refused();
    }
}
