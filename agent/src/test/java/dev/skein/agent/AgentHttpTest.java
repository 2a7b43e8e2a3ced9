package dev.skein.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.HttpConfig;
import dev.skein.protocol.log.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentHttpTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AgentHttp http = new AgentHttp(vertx, ready::get, () -> "agent_databases 3");
    private final int port = Await.value(http.start(new HttpConfig("127.0.0.1", 0)));

    /** Kept, because Vert.x closes a client that nobody holds any more. */
    private final HttpClient client = vertx.createHttpClient();

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    @Test
    void itIsReadyOnceItWorks() {
        assertThat(ask(HttpMethod.GET, "/health/live")).isEqualTo("200 {\"status\":\"up\"}");
        assertThat(ask(HttpMethod.GET, "/health/ready"))
                .isEqualTo("503 {\"status\":\"reading the log\"}");
        ready.set(true);
        assertThat(ask(HttpMethod.GET, "/health/ready")).isEqualTo("200 {\"status\":\"ready\"}");
    }

    @Test
    void itShowsItsMetrics() {
        assertThat(ask(HttpMethod.GET, "/metrics")).isEqualTo("200 agent_databases 3");
    }

    @Test
    void itKnowsNothingElseAndTakesNoOrders() {
        assertThat(ask(HttpMethod.GET, "/")).startsWith("404");
        assertThat(ask(HttpMethod.POST, "/health/live")).startsWith("405");
    }

    private String ask(HttpMethod method, String path) {
        return Await.value(
                client.request(method, port, "127.0.0.1", path)
                        .compose(HttpClientRequest::send)
                        .compose(AgentHttpTest::shown));
    }

    private static Future<String> shown(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode() + " " + body);
    }
}
