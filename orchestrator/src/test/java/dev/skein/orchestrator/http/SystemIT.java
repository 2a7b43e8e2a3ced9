package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemIT {
    private static final String TOKEN = "a-long-token";

    @Test
    void healthTellsWhetherTheLogIsFolded() {
        try (HttpFixture api = new HttpFixture()) {
            assertThat(api.get("/health/live").json().path("status").asText()).isEqualTo("live");
            CommandReply ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().path("leading").asBoolean()).isTrue();

            api.fleet.notReady();
            CommandReply folding = api.get("/health/ready");
            assertThat(folding.status()).isEqualTo(503);
            assertThat(folding.code()).isEqualTo("not-ready");
            assertThat(api.get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void readyMeansThatCommandsAreTaken() {
        try (HttpFixture api = new HttpFixture()) {
            api.fleet.withoutLeader();
            CommandReply alone = api.get("/health/ready");
            assertThat(alone.status()).isEqualTo(503);
            assertThat(alone.code()).isEqualTo("not-ready");
            assertThat(alone.header("Retry-After")).isEqualTo("1");
            assertThat(api.get("/api/v1/fleet").status()).isEqualTo(200);
        }
    }

    @Test
    void metricsAreScraped() {
        try (HttpFixture api = new HttpFixture()) {
            api.get("/api/v1/fleet");
            String metrics = api.raw(HttpMethod.GET, "/metrics").bodyAsString();
            assertThat(metrics)
                    .contains("http_request_duration_seconds_count{outcome=\"2xx\"}")
                    .contains("http_request_duration_seconds_sum");
        }
    }

    @Test
    void theRootPointsAtTheDocument() {
        try (HttpFixture api = new HttpFixture()) {
            assertThat(api.get("/").json().path("openapi").asText()).isEqualTo("/openapi.yaml");
            assertThat(api.get("/").header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(api.get("/").header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/live", "/health/ready", "/openapi.yaml"})
    void someAddressesNeedNoToken(String path) {
        try (HttpFixture api = new HttpFixture(HttpFixture.LIMITS, Optional.of(TOKEN))) {
            assertThat(api.raw(HttpMethod.GET, path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theOthersNeedTheToken() {
        try (HttpFixture api = new HttpFixture(HttpFixture.LIMITS, Optional.of(TOKEN))) {
            CommandReply missing = api.get("/api/v1/fleet");
            assertThat(missing.status()).isEqualTo(401);
            assertThat(missing.code()).isEqualTo("unauthorized");
            assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"skein\"");

            CommandReply wrong =
                    api.get("/api/v1/fleet", each -> each.bearerTokenAuthentication("other"));
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("WWW-Authenticate")).contains("invalid_token");

            CommandReply right =
                    api.get("/api/v1/fleet", each -> each.bearerTokenAuthentication(TOKEN));
            assertThat(right.status()).isEqualTo(200);
            assertThat(api.raw(HttpMethod.GET, "/metrics").statusCode()).isEqualTo(401);
            assertThat(api.post("/api/v1/rollouts/r-1/abort", "{}").status()).isEqualTo(401);
            assertThat(api.fleet.commands()).isEmpty();
        }
    }

    @Test
    void anotherSchemeThanBearerIsNoToken() {
        try (HttpFixture api = new HttpFixture(HttpFixture.LIMITS, Optional.of(TOKEN))) {
            CommandReply basic =
                    api.get("/api/v1/fleet", each -> each.basicAuthentication("", TOKEN));
            assertThat(basic.status()).isEqualTo(401);
        }
    }

    @Test
    void openStreamsAreMeasured() {
        try (HttpFixture api = new HttpFixture()) {
            EventReader.follow(api, "/api/v1/events", Optional.empty());
            assertThat(api.raw(HttpMethod.GET, "/metrics").bodyAsString())
                    .contains("http_stream_duration_seconds_count 1");
        }
    }

    @Test
    void onLoopbackWithoutATokenAnotherNameIsRefused() {
        try (HttpFixture api = new HttpFixture()) {
            CommandReply foreign =
                    api.get("/api/v1/fleet", each -> each.putHeader("Host", "evil.example:80"));
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.code()).isEqualTo("unknown-host");
            assertThat(foreign.detail()).contains("evil.example");
            CommandReply own =
                    api.get("/api/v1/fleet", each -> each.putHeader("Host", "localhost:1"));
            assertThat(own.status()).isEqualTo(200);
        }
        try (HttpFixture api = new HttpFixture(HttpFixture.LIMITS, Optional.of(TOKEN))) {
            CommandReply known =
                    api.get(
                            "/api/v1/fleet",
                            each ->
                                    each.putHeader("Host", "skein.example")
                                            .bearerTokenAuthentication(TOKEN));
            assertThat(known.status()).isEqualTo(200);
        }
    }
}
