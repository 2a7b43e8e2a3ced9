package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.orchestrator.runtime.Answer;
import dev.skein.protocol.log.LogUnavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsIT {
    private final HttpFixture api = new HttpFixture();
    private String plan;

    @BeforeEach
    void oneRollout() {
        api.sample.announce(2);
        plan = api.publish("select 1");
        api.open(plan, "{\"name\":\"all\"}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private record Case(
            String method, String uri, String body, int status, String code, String says) {
        static Case get(String uri, int status, String code, String says) {
            return new Case("GET", uri, "", status, code, says);
        }

        static Case post(String uri, String body, int status, String code, String says) {
            return new Case("POST", uri, body, status, code, says);
        }

        @Override
        public String toString() {
            return method + " " + uri + " " + body;
        }
    }

    static Stream<Case> reads() {
        String r1 = "/api/v1/rollouts/r-1";
        return Stream.of(
                Case.get("/api/v1/rollouts/r-9", 404, "unknown-rollout", "r-9"),
                Case.get("/api/v1/rollouts/r~9", 404, "unknown-rollout", "r~9"),
                Case.get("/api/v1/rollouts/r-9/databases", 404, "unknown-rollout", "r-9"),
                Case.get("/api/v1/databases/pg-1/none", 404, "unknown-database", "pg-1/none"),
                Case.get("/api/v1/databases/pg-1/a/b", 404, "unknown-database", "pg-1/a/b"),
                Case.get("/api/v1/databases/x/y/history", 404, "unknown-database", "x/y"),
                Case.get("/api/v1/plans/abc", 400, "invalid-request", "8 to 64 digits"),
                Case.get("/api/v1/plans/00000000", 404, "unknown-plan", "00000000"),
                Case.get(r1 + "/databases?state=broken", 400, "invalid-parameter", "rolled-back"),
                Case.get(r1 + "/databases?wave=none", 400, "invalid-parameter", "none of all"),
                Case.get(r1 + "/databases?stat=failed", 400, "invalid-parameter", "state, wave"),
                Case.get("/api/v1/rollouts?phase=x", 400, "invalid-parameter", "running, soaking"),
                Case.get("/api/v1/rollouts?limit=0", 400, "invalid-parameter", "from 1 to 1000"),
                Case.get("/api/v1/rollouts?limit=1001", 400, "invalid-parameter", "'1001'"),
                Case.get("/api/v1/rollouts?limit=1&limit=2", 400, "invalid-parameter", "2 times"),
                Case.get("/api/v1/rollouts?cursor=abc", 400, "bad-cursor", "'abc'"),
                Case.get("/api/v1/rollouts?cursor=cm9sbG91dHM6eA", 400, "bad-cursor", "without"),
                Case.get(r1 + "/databases?cursor=cm9sbG91dHM6eA", 400, "bad-cursor", "without"),
                Case.get("/api/v1/databases?cursor=ZGF0YWJhc2VzOng", 400, "bad-cursor", "without"),
                Case.get("/api/v1/databases?label=free", 400, "invalid-parameter", "key=value"),
                Case.get("/api/v1/databases?state=x", 400, "invalid-parameter", "none"),
                Case.get("/api/v1/events?database=x", 400, "invalid-parameter", "server/database"));
    }

    @ParameterizedTest
    @MethodSource
    void reads(Case each) {
        check(each, api.get(each.uri()));
    }

    static Stream<Case> changes() {
        String r1 = "/api/v1/rollouts/r-1/";
        String rollouts = "/api/v1/rollouts";
        return Stream.of(
                Case.post(r1 + "resume", "{}", 409, "not-paused", "paused"),
                Case.post(r1 + "promote", "{}", 409, "not-soaking", ""),
                Case.post(r1 + "approve", "{}", 409, "not-awaiting-approval", ""),
                Case.post("/api/v1/rollouts/r-9/pause", "{}", 404, "unknown-rollout", "r-9"),
                Case.post("/api/v1/rollouts/r~9/pause", "{}", 404, "unknown-rollout", "r~9"),
                Case.post(r1 + "pause", "{", 400, "malformed-json", "line 1, column"),
                Case.post(r1 + "pause", "{\"by\":1,\n\"by\":2}", 400, "malformed-json", "line 2"),
                Case.post(r1 + "pause", "[]", 400, "invalid-request", "a list"),
                Case.post(r1 + "pause", "{\"wave\":\"x\"}", 400, "invalid-request", "wave"),
                Case.post(r1 + "skip", "{}", 400, "invalid-request", "names none"),
                Case.post(r1 + "retry", "{\"databases\":[\"x\"]}", 400, "invalid-request", "[0]"),
                Case.post(r1 + "rollback", "{}", 400, "invalid-request", "exactly one of"),
                Case.post(
                        r1 + "rollback",
                        "{\"all\":true,\"wave\":\"all\"}",
                        400,
                        "invalid-request",
                        "exactly one of"),
                Case.post(rollouts, "", 400, "invalid-request", "problems"),
                Case.post(
                        rollouts,
                        "{\"plan\":\"00000000\",\"strategy\":{\"waves\":[{\"name\":\"a\"}]}}",
                        404,
                        "unknown-plan",
                        "00000000"),
                Case.post("/api/v1/plans", "{}", 400, "invalid-request", "plan"),
                Case.post("/api/v1/plans", "[1]", 400, "invalid-request", ""),
                Case.post("/api/v1/plans", "{\"plan\":{}}", 400, "malformed-json", "plan: "));
    }

    @ParameterizedTest
    @MethodSource
    void changes(Case each) {
        check(each, api.post(each.uri(), each.body()));
    }

    private static void check(Case expected, CommandReply reply) {
        assertThat(reply.status()).isEqualTo(expected.status());
        assertThat(reply.code()).isEqualTo(expected.code());
        assertThat(reply.json().path("type").asText())
                .isEqualTo("urn:skein:problem:" + expected.code());
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().toString()).contains(expected.says());
    }

    @Test
    void everyProblemOfAStrategyIsNamedWithItsPath() {
        CommandReply reply = api.open(plan, "{\"name\":\"a\",\"percent\":101},{\"nam\":\"b\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid-request");
        assertThat(reply.json().path("problems"))
                .extracting(each -> each.path("path").asText())
                .contains("strategy.waves[0].percent", "strategy.waves[1].name");
        assertThat(reply.json().path("problems").path(0).path("message").asText())
                .contains("101 is not a whole number from 1 to 100");
    }

    /** What follows from a problem is none of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skip     | {'databases':['x']}         | databases[0]",
                "repair   | {'databases':['x']}         | databases[0]",
                "skip     | {'databases':'pg-1/a'}      | databases",
                "rollback | {'databases':['x']}         | databases[0]",
                "rollback | {'all':'yes'}               | all",
                "rollback | {'wave':7.5}                | wave",
                "skip     | {'databases':[]}            | databases"
            })
    void oneMistakeIsOneProblem(String verb, String body, String path) {
        CommandReply reply = api.post("/api/v1/rollouts/r-1/" + verb, body.replace('\'', '"'));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("problems")).hasSize(1);
        assertThat(reply.detail()).contains(path + ": ");
    }

    @Test
    void databasesOfAnotherOpenRolloutAreBusy() {
        CommandReply reply = api.open(plan, "{\"name\":\"again\"}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("database-busy");
    }

    @ParameterizedTest
    @EnumSource
    void eachRefusalOfTheFleetIsAProblemOfItsStatus(RejectionCode code) {
        api.fleet.answerWith(new Answer.Rejected<>(new Rejection(code, "because of 3")));
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", "{}");
        assertThat(reply.status()).isEqualTo(RejectionStatus.of(code));
        assertThat(reply.code()).isEqualTo(code.label());
        assertThat(reply.detail()).isEqualTo("because of 3");
    }

    @Test
    void aFollowerSendsCallersToTheLeader() {
        api.fleet.answerWith(new Answer.NotLeading<>(Optional.of("http://10.0.0.1:8080/")));
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", "{}");
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.header("Location"))
                .isEqualTo("http://10.0.0.1:8080/api/v1/rollouts/r-1/pause");
        assertThat(reply.code()).isEqualTo("not-leading");
    }

    @Test
    void aFollowerThatHasNotReadOfAPlanYetDoesNotCallItUnknown() {
        api.fleet.answerWith(new Answer.NotLeading<>(Optional.of("http://10.0.0.1:8080/")));
        CommandReply reply =
                api.post(
                        "/api/v1/rollouts",
                        "{\"plan\":\"%s\",\"strategy\":{\"waves\":[{\"name\":\"a\"}]}}"
                                .formatted("0".repeat(64)));
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.code()).isEqualTo("not-leading");
    }

    @Test
    void withoutALeaderCallersAskAgain() {
        api.fleet.answerWith(new Answer.NotLeading<>(Optional.empty()));
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", "{}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("not-leading");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void anUnknownOutcomeIsToldAsSuch() {
        api.fleet.answerWith(new Answer.Unavailable<>("it may have happened"));
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", "{}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("unavailable");
        assertThat(reply.detail()).isEqualTo("it may have happened");
    }

    @Test
    void aLogThatDoesNotAnswerIsUnavailable() {
        RuntimeException cause = new IllegalStateException("timeout");
        api.fleet.breakWith(new LogUnavailable("no answer in 10 s", cause));
        CommandReply reply = api.get("/api/v1/databases/pg-1/db-0001/history");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.detail()).isEqualTo("no answer in 10 s");
    }

    @Test
    void whatNobodyExpectedIsToldByAnErrorIdOnly() {
        api.fleet.breakWith(new IllegalStateException("secret detail"));
        CommandReply reply = api.get("/api/v1/fleet");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("internal-error");
        assertThat(reply.detail()).matches(".* under error [0-9a-f]{8}");
        assertThat(reply.json().toString()).doesNotContain("secret");
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithTheNumbers() {
        String large = "{\"reason\":\"" + "x".repeat(5000) + "\"}";
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", large);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("body-too-large");
        assertThat(reply.detail()).contains("5013 bytes").contains("4096 are allowed");
    }

    @Test
    void aTextThatIsKeptForEverIsBounded() {
        String large = "{\"reason\":\"" + "x".repeat(2001) + "\"}";
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", large);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.detail()).contains("reason: has 2001 characters; 2000 are allowed");
    }

    @Test
    void anotherContentTypeThanJsonIsRefused() {
        CommandReply reply =
                api.post(
                        "/api/v1/rollouts/r-1/pause",
                        "by=ann",
                        each -> each.putHeader("Content-Type", "text/plain"));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.detail()).contains("text/plain");
    }

    @Test
    void aBodyThatIsEncodedIsRefused() {
        CommandReply reply =
                api.post(
                        "/api/v1/rollouts/r-1/pause",
                        "{}",
                        each -> each.putHeader("Content-Encoding", "gzip"));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.detail()).isEqualTo("the request body is encoded as gzip; send it plain");
    }

    @Test
    void theOneParameterThatIsKnownIsNamed() {
        assertThat(api.get("/api/v1/databases/pg-1/db-0001/history?nope=1").detail())
                .isEqualTo("query parameter nope is not known here; limit is");
    }

    @Test
    void aPageOfAnotherSiteMayNotAskForChanges() {
        CommandReply foreign =
                api.post(
                        "/api/v1/rollouts/r-1/pause",
                        "{}",
                        each -> each.putHeader("Origin", "http://elsewhere.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.code()).isEqualTo("cross-origin");
        String own = "http://127.0.0.1:" + api.verticle.port();
        CommandReply ours =
                api.post("/api/v1/rollouts/r-1/pause", "{}", each -> each.putHeader("Origin", own));
        assertThat(ours.status()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        HttpResponse<Buffer> response = api.raw(HttpMethod.GET, "/api/v1/nothing");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(HttpFixture.json(response).path("code").asText()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/rollouts/%zz", "/api/v1/rollouts?limit=%", "/%4", "/a?%g0=1"})
    void anAddressThatCannotBeDecodedIsAProblem(String uri) {
        HttpResponse<Buffer> response = api.raw(HttpMethod.GET, uri);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HttpFixture.json(response).path("code").asText()).isEqualTo("invalid-request");
    }

    @Test
    void aMethodThatIsNotAllowedIsRefusedWithThoseThatAre() {
        HttpResponse<Buffer> response = api.raw(HttpMethod.DELETE, "/api/v1/rollouts/r-1");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(HttpFixture.json(response).path("code").asText())
                .isEqualTo("method-not-allowed");
        assertThat(api.raw(HttpMethod.GET, "/api/v1/rollouts/r-1/pause").getHeader("Allow"))
                .isEqualTo("POST, OPTIONS");
    }

    @Test
    void optionsNameTheMethods() {
        HttpResponse<Buffer> response = api.raw(HttpMethod.OPTIONS, "/api/v1/plans");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.getHeader("Allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        HttpResponse<Buffer> get = api.raw(HttpMethod.GET, "/api/v1/fleet");
        HttpResponse<Buffer> head = api.raw(HttpMethod.HEAD, "/api/v1/fleet");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("Content-Length")).isEqualTo(get.getHeader("Content-Length"));
        assertThat(head.body()).isNull();
    }

    @Test
    void anAmbiguousPlanIsRefused() {
        List<String> ids =
                api.fleet.view().plans().keySet().stream().map(Object::toString).toList();
        assertThat(ids).hasSize(1);
        api.fleet.publishAs(ids.get(0).substring(0, 10) + "0".repeat(54));
        CommandReply reply = api.get("/api/v1/plans/" + ids.get(0).substring(0, 8));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("ambiguous-plan");
        assertThat(reply.detail()).startsWith("2 plans begin with");
    }

    @Test
    void whileTheLogIsFoldedNothingIsSaidNotToExist() {
        api.fleet.notReady();
        CommandReply reply = api.get("/api/v1/rollouts/r-9");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("not-ready");
        assertThat(api.get("/api/v1/rollouts/r-1").status()).isEqualTo(200);
    }
}
