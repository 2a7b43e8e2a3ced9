package dev.skein.engine.postgres;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;

/**
 * Follows what scripts leave in an execution's session, and replaces it where the next migration
 * must not find that.
 *
 * <p>Two kinds of things survive the reset behind each step. Settings with a name of two parts are
 * left to no migration, whatever the framework; see {@link CustomSettings}. The rest (temporary
 * objects, cursors with hold, prepared statements, subscriptions to channels, advisory locks) lasts
 * as long as the framework's own session: that of Flyway, Alembic, Knex and Prisma is one for all
 * migrations of a run. Scripts of the format {@code sql} are files of their own, as {@code psql -f}
 * runs them, each in its own session.
 *
 * <p>Threads: the execution's. Life cycle: one execution.
 */
final class SessionUse {
    private final DatabaseConnector connector;
    private final boolean sessionForEach;
    private final CustomSettings settings = new CustomSettings();
    private boolean ran;

    SessionUse(DatabaseConnector connector, Plan plan) {
        this.connector = connector;
        this.sessionForEach = FrameworkRules.of(plan).sessionForEach();
    }

    /** A text of the team's ran in the session, or failed in it. */
    void ran(String sql) {
        ran = true;
        settings.ran(sql);
    }

    /** Replaces the session where it holds what must not be there. Never fails. */
    Future<Void> clean() {
        return connector
                .session()
                .map(this::mustGo)
                .orElse(Future.succeededFuture(false))
                .compose(dirty -> dirty ? renewed() : Future.succeededFuture());
    }

    private Future<Boolean> mustGo(PgSession session) {
        return settings.mayBeIn(session)
                .compose(
                        made ->
                                made || !ran || !sessionForEach
                                        ? Future.succeededFuture(made)
                                        : holdsSomething(session));
    }

    /** Also where that cannot be asked. */
    private Future<Boolean> holdsSomething(PgSession session) {
        return session.send(connector.databaseSession().messages().leftInSession())
                .map(answer -> answer.rows("left_in_session").get(0).getBoolean(0))
                .otherwise(true);
    }

    private Future<Void> renewed() {
        ran = false;
        settings.renewed();
        return connector.renew();
    }
}
