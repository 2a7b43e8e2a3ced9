package dev.skein.orchestrator.http;

import dev.skein.protocol.log.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A caller who follows the events. */
final class EventReader {
    private final HttpClient client;
    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
    private final StringBuilder rest = new StringBuilder();
    private HttpClientResponse response;
    private volatile int heartbeats;

    /** One event as it came. */
    record Shown(String id, String event, String data) {}

    private EventReader(HttpClient client) {
        this.client = client;
    }

    /** Returns once the stream has begun. */
    static EventReader follow(HttpFixture api, String uri, Optional<String> lastEventId) {
        EventReader reader = new EventReader(api.vertx.createHttpClient());
        reader.response =
                Await.value(
                        reader.client
                                .request(HttpMethod.GET, api.verticle.port(), "127.0.0.1", uri)
                                .compose(request -> reader.send(request, lastEventId)));
        Await.until("the stream begins", () -> api.fleet.tail().listeners() > 0);
        return reader;
    }

    private Future<HttpClientResponse> send(
            HttpClientRequest request, Optional<String> lastEventId) {
        lastEventId.ifPresent(id -> request.putHeader("Last-Event-ID", id));
        return request.send().onSuccess(answer -> answer.handler(this::take));
    }

    private void take(Buffer chunk) {
        rest.append(chunk);
        int end = rest.indexOf("\n\n");
        while (end >= 0) {
            takeBlock(rest.substring(0, end));
            rest.delete(0, end + 2);
            end = rest.indexOf("\n\n");
        }
    }

    private void takeBlock(String block) {
        if (block.equals(": heartbeat")) {
            heartbeats++;
        }
        String data = field(block, "data");
        if (!data.isEmpty()) {
            shown.add(new Shown(field(block, "id"), field(block, "event"), data));
        }
    }

    private static String field(String block, String name) {
        for (String line : block.split("\n")) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    Shown next() {
        Await.until("an event comes", () -> !shown.isEmpty());
        return shown.remove();
    }

    int heartbeats() {
        return heartbeats;
    }

    void pause() {
        response.pause();
    }

    void resume() {
        response.resume();
    }

    void close() {
        Await.value(client.close());
    }
}
