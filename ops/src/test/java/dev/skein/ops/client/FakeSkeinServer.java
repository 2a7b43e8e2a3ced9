package dev.skein.ops.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every request alike, and keeps what it was asked. */
public final class FakeSkeinServer implements AutoCloseable {
    private final HttpServer server;
    private volatile Answer answer;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private FakeSkeinServer(HttpServer server, int status, String body) {
        this.server = server;
        this.answer = new Answer(status, body);
    }

    /** Listens on a free port of loopback. */
    public static FakeSkeinServer answering(int status, String body) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        FakeSkeinServer fake = new FakeSkeinServer(HttpServer.create(anyPort, 0), status, body);
        fake.server.createContext("/", fake::answer);
        fake.server.start();
        return fake;
    }

    /** From now on, answers otherwise. */
    public void answers(int otherStatus, String otherBody) {
        answer = new Answer(otherStatus, otherBody);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(
                (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip()
                        + (token == null ? "" : " " + token));
        Answer now = answer;
        byte[] bytes = now.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(now.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Changed as a whole, so that no request gets half of each. */
    private record Answer(int status, String body) {}

    /** Its address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method, path, body and token of each request. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
