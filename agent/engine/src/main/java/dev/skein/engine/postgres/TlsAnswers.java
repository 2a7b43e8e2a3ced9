package dev.skein.engine.postgres;

import dev.skein.engine.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which servers speak TLS: asks each of them once, on a connection of its own.
 *
 * <p>Vert.x's client asks too, but leaves the connection open on which it was told no
 * (InitiateSslHandler of 5.0.12). PostgreSQL keeps a process for it until {@code
 * authentication_timeout}, a minute by default, and does not stop before. So the client is only let
 * ask where the answer is known to be yes.
 *
 * <p>Called on any context; answers on it.
 */
final class TlsAnswers {
    /** SSLRequest (PostgreSQL, chapter "Message Formats"). */
    private static final Buffer REQUEST = Buffer.buffer().appendInt(8).appendInt(80877103);

    private static final byte YES = 'S';

    private final NetClient client;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    /**
     * @param patience how long a server may take to answer
     */
    TlsAnswers(Vertx vertx, Duration patience) {
        client =
                vertx.createNetClient(
                        new NetClientOptions()
                                .setConnectTimeout(Math.toIntExact(patience.toMillis()))
                                .setIdleTimeout(Math.toIntExact(patience.toSeconds())));
    }

    /** Whether the server speaks TLS; fails if it cannot be reached or does not say. */
    Future<Boolean> of(ServerAddress server) {
        Boolean answer = known.get(server.name());
        if (answer != null) {
            return Future.succeededFuture(answer);
        }
        return client.connect(server.port(), server.host())
                .compose(TlsAnswers::ask)
                .onSuccess(given -> known.put(server.name(), given));
    }

    private static Future<Boolean> ask(NetSocket socket) {
        Promise<Boolean> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.getByte(0) == YES));
        socket.exceptionHandler(answer::tryFail);
        socket.closeHandler(
                closed -> answer.tryFail(new IOException("the server closed the connection")));
        socket.write(REQUEST);
        return answer.future().onComplete(given -> socket.close());
    }

    /** The next caller asks again: the server's configuration may have changed. */
    void forget(ServerAddress server) {
        known.remove(server.name());
    }
}
