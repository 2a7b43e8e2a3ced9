package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.orchestrator.config.HttpConfig;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.settings.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The API over a fake fleet, on a free port of loopback. Every answer is held against the API's
 * document: its status must be there, and its body must keep to the schema.
 */
final class HttpFixture implements AutoCloseable {
    static final long PLAN_BYTES_MAX = 64 * 1024;
    static final long BODY_BYTES_MAX = 4 * 1024;
    static final HttpLimits LIMITS =
            new HttpLimits(
                    BODY_BYTES_MAX,
                    PLAN_BYTES_MAX,
                    4 * PLAN_BYTES_MAX,
                    Duration.ofSeconds(30),
                    256,
                    200,
                    Duration.ofSeconds(15));
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

    final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setMaxEventLoopExecuteTime(100)
                            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
    final FakeFleet fleet = new FakeFleet();
    final SampleFleet sample = new SampleFleet(fleet);
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final HttpVerticle verticle;
    private final WebClient client;

    HttpFixture() {
        this(LIMITS, Optional.empty());
    }

    HttpFixture(HttpLimits limits, Optional<String> token) {
        HttpConfig config =
                new HttpConfig(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        token.map(Secret::new),
                        limits.planBytesMax());
        verticle = new HttpVerticle(config, new HttpPorts(fleet, registry), limits);
        Await.value(vertx.deployVerticle(verticle));
        client =
                WebClient.create(
                        vertx,
                        new WebClientOptions()
                                .setDefaultHost("127.0.0.1")
                                .setDefaultPort(verticle.port())
                                .setFollowRedirects(false)
                                .setDecompressionSupported(false));
    }

    /** An answer and its body as JSON. */
    record CommandReply(int status, HttpResponse<Buffer> response, JsonNode json) {
        String header(String name) {
            return response.getHeader(name);
        }

        String code() {
            return json.path("code").asText();
        }

        String detail() {
            return json.path("detail").asText();
        }
    }

    CommandReply get(String uri) {
        return get(uri, UnaryOperator.identity());
    }

    CommandReply get(String uri, UnaryOperator<HttpRequest<Buffer>> change) {
        HttpRequest<Buffer> request = change.apply(client.request(HttpMethod.GET, uri));
        return documented("GET", uri, Await.value(request.send()));
    }

    CommandReply post(String uri, String json) {
        return post(uri, json, UnaryOperator.identity());
    }

    CommandReply post(String uri, String json, UnaryOperator<HttpRequest<Buffer>> change) {
        HttpRequest<Buffer> request =
                change.apply(
                        client.request(HttpMethod.POST, uri)
                                .putHeader("Content-Type", "application/json"));
        return documented("POST", uri, Await.value(request.sendBuffer(Buffer.buffer(json))));
    }

    /** For what is outside the document. */
    HttpResponse<Buffer> raw(HttpMethod method, String uri) {
        return Await.value(client.request(method, uri).send());
    }

    /** As the router has them. */
    List<Endpoint> endpoints() {
        return verticle.endpoints(
                Buffer.buffer(), new EventResource(vertx, new HttpPorts(fleet, registry), LIMITS));
    }

    HttpResponse<Buffer> rawWith(String uri, String header, String value) {
        return Await.value(client.request(HttpMethod.GET, uri).putHeader(header, value).send());
    }

    static JsonNode json(HttpResponse<Buffer> response) {
        return Json.parse(response.body().getBytes(), "answer");
    }

    private static CommandReply documented(
            String method, String uri, HttpResponse<Buffer> response) {
        String path = DOCUMENT.template(uri.replaceFirst("\\?.*", ""));
        String what = method + " " + path + " answered " + response.statusCode();
        JsonNode documented = DOCUMENT.response(method, path, response.statusCode());
        assertThat(documented.isObject()).as(what + ": " + response.bodyAsString()).isTrue();
        JsonNode json = json(response);
        String type = response.getHeader("Content-Type");
        assertThat(DOCUMENT.violations(documented, type, json)).as(what).isEmpty();
        return new CommandReply(response.statusCode(), response, json);
    }

    /** Publishes a plan; its id. */
    String publish(String sql) {
        String plan = new String(Json.write(SampleFleet.plan(sql)), StandardCharsets.UTF_8);
        return post("/api/v1/plans", "{\"name\":\"users\",\"by\":\"ann\",\"plan\":" + plan + "}")
                .json()
                .path("id")
                .asText();
    }

    /** Opens a rollout of one wave for each of these fragments; its id. */
    CommandReply open(String plan, String waves) {
        String body =
                "{\"plan\":\"%s\",\"by\":\"ann\",\"strategy\":{\"waves\":[%s]}}"
                        .formatted(plan, waves);
        return post("/api/v1/rollouts", body);
    }

    @Override
    public void close() {
        client.close();
        Await.value(vertx.close());
    }
}
