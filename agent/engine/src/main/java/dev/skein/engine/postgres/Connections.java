package dev.skein.engine.postgres;

import dev.skein.engine.ServerAddress;
import dev.skein.engine.TlsMode;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens connections to databases. Called on any context; answers on it.
 *
 * <p>All settings are startup parameters, so that {@code reset all} between steps returns to them.
 * Transactions are read-only unless they say otherwise: if the {@code begin} of a pipelined step
 * fails, the script after it, which would then run outside a transaction, is refused.
 */
public final class Connections {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    /** Longer than any pause that an execution makes within a transaction, which is none. */
    private static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofMinutes(1);

    /** A server notices within a minute that the agent's host is gone, and releases its locks. */
    private static final int KEEPALIVE_IDLE_SECONDS = 30;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
    private static final int KEEPALIVE_COUNT = 3;

    private final Vertx vertx;
    private final Function<String, Optional<ServerAddress>> servers;
    private final TlsAnswers tlsAnswers;

    /**
     * Connections to these servers.
     *
     * @param servers the address of the server of that name
     */
    public Connections(Vertx vertx, Function<String, Optional<ServerAddress>> servers) {
        this.vertx = vertx;
        this.servers = servers;
        this.tlsAnswers = new TlsAnswers(vertx, CONNECT_TIMEOUT);
    }

    /**
     * Opens a connection; the caller closes it. For a schema as target that schema is the first of
     * the search path, {@code public} the second.
     *
     * @param applicationName as it stands in {@code pg_stat_activity}, such as {@code skein/r-42}
     * @return fails if the server is not one of these, cannot be reached within 15 s, or refuses;
     *     {@link SqlFailures} tells which
     */
    public Future<PgConnection> open(
            DatabaseId database, String applicationName, StepLimits limits) {
        Optional<ServerAddress> server = servers.apply(database.server());
        if (server.isEmpty()) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "server '" + database.server() + "' is not configured here"));
        }
        return vertx.executeBlocking(() -> options(server.get(), database.database()))
                .map(options -> settings(options, database, applicationName, limits))
                .compose(options -> connect(server.get(), options));
    }

    private PgConnectOptions options(ServerAddress server, String database) throws Exception {
        PgConnectOptions options = new PgConnectOptions();
        options.setHost(server.host()).setPort(server.port()).setUser(server.user());
        options.setDatabase(database).setPassword(server.password().get().orElse(""));
        if (server.tls() != TlsMode.DISABLE) {
            options.setSslOptions(tls(server));
        }
        return options;
    }

    private static SslMode mode(TlsMode tls) {
        return switch (tls) {
            case DISABLE -> SslMode.DISABLE;
            case PREFER -> SslMode.PREFER;
            case REQUIRE -> SslMode.REQUIRE;
            case VERIFY_CA -> SslMode.VERIFY_CA;
            case VERIFY_FULL -> SslMode.VERIFY_FULL;
        };
    }

    private static ClientSSLOptions tls(ServerAddress server) throws Exception {
        ClientSSLOptions options = new ClientSSLOptions();
        boolean trusting = server.tls() == TlsMode.PREFER || server.tls() == TlsMode.REQUIRE;
        options.setHostnameVerificationAlgorithm(
                server.tls() == TlsMode.VERIFY_FULL ? "HTTPS" : "");
        if (trusting) {
            return options.setTrustAll(true);
        }
        if (server.caFile().isPresent()) {
            String path = server.caFile().get().toString();
            return options.setTrustOptions(new PemTrustOptions().addCertPath(path));
        }
        return options.setTrustOptions(io.vertx.core.net.TrustOptions.wrap(javaTrustManager()));
    }

    private static TrustManager javaTrustManager() throws Exception {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers()[0];
    }

    private static PgConnectOptions settings(
            PgConnectOptions options,
            DatabaseId database,
            String applicationName,
            StepLimits limits) {
        options.addProperty("application_name", applicationName);
        options.addProperty("default_transaction_read_only", "on");
        options.addProperty("lock_timeout", millis(limits.lockTimeout()));
        options.addProperty(
                "statement_timeout",
                limits.statementTimeout().map(Connections::millis).orElse("0"));
        options.addProperty(
                "idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION_TIMEOUT));
        options.addProperty("tcp_keepalives_idle", Integer.toString(KEEPALIVE_IDLE_SECONDS));
        options.addProperty(
                "tcp_keepalives_interval", Integer.toString(KEEPALIVE_INTERVAL_SECONDS));
        options.addProperty("tcp_keepalives_count", Integer.toString(KEEPALIVE_COUNT));
        database.schema()
                .ifPresent(
                        schema ->
                                options.addProperty(
                                        "search_path", SqlText.identifier(schema) + ", public"));
        return options;
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1, duration.toMillis()));
    }

    private Future<PgConnection> connect(ServerAddress server, PgConnectOptions options) {
        Future<PgConnection> connecting =
                agreedMode(server)
                        .compose(mode -> PgConnection.connect(vertx, options.setSslMode(mode)))
                        .onSuccess(opened -> AbruptClose.of(vertx, opened));
        return connecting
                .timeout(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .onFailure(cause -> tlsAnswers.forget(server))
                .onFailure(
                        cause -> {
                            if (cause instanceof TimeoutException) {
                                // A connection that opens after the timeout has no owner and is
                                // closed.
                                connecting.onSuccess(PgConnection::close);
                            }
                        });
    }

    /** The mode that client and server can both have. */
    private Future<SslMode> agreedMode(ServerAddress server) {
        if (server.tls() == TlsMode.DISABLE) {
            return Future.succeededFuture(SslMode.DISABLE);
        }
        return tlsAnswers.of(server).map(speaksTls -> mode(server, speaksTls));
    }

    private static SslMode mode(ServerAddress server, boolean speaksTls) {
        if (speaksTls) {
            return mode(server.tls());
        }
        if (server.tls() == TlsMode.PREFER) {
            return SslMode.DISABLE;
        }
        throw new IllegalArgumentException(
                "server '%s' does not speak TLS, which sslmode=%s asks for"
                        .formatted(server.name(), server.tls().label()));
    }
}
