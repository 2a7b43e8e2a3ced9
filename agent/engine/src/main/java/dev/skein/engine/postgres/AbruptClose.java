package dev.skein.engine.postgres;

import io.netty.channel.Channel;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Cuts a connection when the verticle that opened it ends.
 *
 * <p>The client makes every close a word of farewell, which the server hears when the statement
 * that runs has ended: an agent whose grace for running steps is over would wait for that. To the
 * server a cut looks like the death of the agent, which every walk is made for.
 */
final class AbruptClose implements Closeable {
    private final Channel channel;

    private AbruptClose(Channel channel) {
        this.channel = channel;
    }

    /** Called on the context on which the connection was opened. */
    static void of(Vertx vertx, PgConnection connection) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        SqlConnectionInternal internal = (SqlConnectionInternal) connection;
        SocketConnectionBase base = (SocketConnectionBase) internal.unwrap().unwrap();
        Channel channel = base.socket().channelHandlerContext().channel();
        AbruptClose end = new AbruptClose(channel);
        context.addCloseHook(end);
        channel.closeFuture().addListener(closed -> context.removeCloseHook(end));
    }

    @Override
    public void close(Completable<Void> done) {
        // From before the first handler, so that none of them makes anything else of it.
        channel.pipeline().firstContext().close().addListener(closed -> done.succeed());
    }
}
