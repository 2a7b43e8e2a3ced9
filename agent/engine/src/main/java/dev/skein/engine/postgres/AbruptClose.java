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
 * <p>A normal close waits for the running statement, so an agent whose grace period is over would
 * wait too. To the server a cut looks like the death of the agent, from which every execution
 * recovers.
 */
final class AbruptClose implements Closeable {
    private final Channel channel;

    private AbruptClose(Channel channel) {
        this.channel = channel;
    }

    /** Called on the context on which the connection was opened. */
    static void of(Vertx vertx, PgConnection connection) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Channel channel = channel(connection);
        AbruptClose end = new AbruptClose(channel);
        context.addCloseHook(end);
        channel.closeFuture().addListener(closed -> context.removeCloseHook(end));
    }

    /** The connection's channel, which the client keeps to itself. */
    static Channel channel(PgConnection connection) {
        SqlConnectionInternal internal = (SqlConnectionInternal) connection;
        SocketConnectionBase base = (SocketConnectionBase) internal.unwrap().unwrap();
        return base.socket().channelHandlerContext().channel();
    }

    @Override
    public void close(Completable<Void> done) {
        // Runs before the client's own handlers, so that none of them closes the connection
        // normally.
        channel.pipeline().firstContext().close().addListener(closed -> done.succeed());
    }
}
