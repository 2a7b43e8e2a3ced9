package dev.skein.engine.postgres;

import dev.skein.engine.ServerAddress;
import dev.skein.engine.TlsMode;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to databases. Called on any context; answers on it.
 *
 * <p>What a connection asks for is in {@link SessionSettings}; one on which it is not in force is
 * refused.
 */
public final class Connections {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);

    private final Vertx vertx;
    private final Function<String, Optional<ServerAddress>> servers;
    private final TlsAnswers tlsAnswers;

    /** Servers on which it was said that the agent's role is a superuser. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

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

    /** Completes after that time, on the caller's context. */
    Future<Void> after(Duration time) {
        return vertx.timer(time.toMillis()).mapEmpty();
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
        return open(database, applicationName, limits, false);
    }

    /**
     * Opens one as {@link #open} does, and fails also if the database's operators keep it from
     * being written: {@link WriteFence}. Its transactions are read-only from its first message of
     * {@link PgStatements} on.
     */
    Future<PgConnection> openToWrite(
            DatabaseId database, String applicationName, StepLimits limits) {
        return open(database, applicationName, limits, true);
    }

    private Future<PgConnection> open(
            DatabaseId database, String applicationName, StepLimits limits, boolean toWrite) {
        SessionSettings settings = SessionSettings.of(database, limits);
        return connect(database, applicationName, settings.asked())
                .compose(opened -> verified(database, settings, opened, toWrite));
    }

    private Future<PgConnection> connect(
            DatabaseId database, String applicationName, Map<String, String> settings) {
        Optional<ServerAddress> server = servers.apply(database.server());
        if (server.isEmpty()) {
            return Future.failedFuture(
                    new IllegalArgumentException(
                            "server '" + database.server() + "' is not configured here"));
        }
        return vertx.executeBlocking(() -> options(server.get(), database.database()))
                .onSuccess(options -> options.addProperty("application_name", applicationName))
                .onSuccess(options -> settings.forEach(options::addProperty))
                .compose(options -> connect(server.get(), options));
    }

    /**
     * Reads back what was asked for, in one round trip. Makes transactions read-only, unless it is
     * for an execution: the first message of that does so.
     */
    private Future<PgConnection> verified(
            DatabaseId database, SessionSettings settings, PgConnection opened, boolean toWrite) {
        Future<RowSet<Row>> readBack = opened.query(settings.readBack()).execute();
        Future<RowSet<Row>> process = opened.query(SessionSettings.PROCESS).execute();
        return Future.join(readBack, process)
                .compose(
                        answered -> {
                            Row answer = process.result().iterator().next();
                            warn(database, answer);
                            return settings.judge(readBack.result(), answer)
                                    .or(() -> fence(database, readBack.result(), answer, toWrite))
                                    .<Future<PgConnection>>map(Connections::refused)
                                    .orElseGet(
                                            () ->
                                                    toWrite
                                                            ? Future.succeededFuture(opened)
                                                            : readOnly(opened));
                        })
                .onFailure(unusable -> opened.close());
    }

    private static Future<PgConnection> readOnly(PgConnection opened) {
        return opened.query(SessionSettings.READ_ONLY_FROM_HERE).execute().map(opened);
    }

    private static Optional<SqlFailure> fence(
            DatabaseId database, RowSet<Row> readBack, Row process, boolean toWrite) {
        return toWrite ? WriteFence.refusal(database, readBack, process) : Optional.empty();
    }

    private static Future<PgConnection> refused(SqlFailure failure) {
        return Future.failedFuture(new RefusedException(failure.reply(List.of())));
    }

    private void warn(DatabaseId database, Row process) {
        if (process.getBoolean("superuser") && warned.add(database.server())) {
            LOGGER.atWarn()
                    .addKeyValue("database", database)
                    .log(
                            "The agent's role is a superuser on this server: code that a tenant"
                                + " plants in its database may run with all rights. 'skein agent"
                                + " grants' prints a role that is enough");
        }
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
