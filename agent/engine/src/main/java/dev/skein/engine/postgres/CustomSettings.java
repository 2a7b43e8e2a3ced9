package dev.skein.engine.postgres;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Follows whether an execution's session may hold settings with a name of two parts, which need not
 * be declared (PostgreSQL, section 19.16). Once made they stay in the session: {@code reset all}
 * leaves an empty text where a new session has no such setting, and no catalogue lists them.
 *
 * <p>A script may make one itself, or call what does: a function, also by way of a trigger, a
 * default, a rule, a policy or a constraint. The second is asked of the catalogue, once an order
 * and again after a script that may have brought such a caller. What it finds may be called or not;
 * to suspect too much costs a new session and nothing else.
 *
 * <p>Threads: the execution's. Life cycle: one execution.
 */
final class CustomSettings {
    private static final Pattern MADE =
            Pattern.compile(
                    "set_config"
                            + "|\\bset\\s+(?:session\\s+|local\\s+)?"
                            + "(?:\\w[\\w$]*+|\"[^\"]*+\")\\s*+\\."
                            + "|['\"$]\\s*+set\\s",
                    Pattern.CASE_INSENSITIVE);

    /** The same of the source of functions, in PostgreSQL's own expressions. */
    private static final String IN_SOURCE =
            "p.prosrc ~* 'set_config|\\mset\\s+(session\\s+|local\\s+)?(\\w+|\"[^\"]*\")\\s*\\."
                    + "|[''\"$]\\s*set\\s'";

    /** The smallest oid of an object that is not the server's own. */
    private static final int FIRST_OID = 16_384;

    /** Selects {@code callable}; in expressions that are kept parsed functions have numbers. */
    private static final String CALLABLE =
            "select exists (select from pg_proc p where p.oid >= "
                    + FIRST_OID
                    + " and ("
                    + IN_SOURCE
                    + " or exists (select from unnest(p.proconfig) c"
                    + " where split_part(c, '=', 1) like '%.%')"
                    + " or p.prosrc = '' and "
                    + calls("to_jsonb(p) ->> 'prosqlbody'")
                    + ")) or exists (select from pg_attrdef d where "
                    + calls("d.adbin::text")
                    + ") or exists (select from pg_constraint c where "
                    + calls("c.conbin::text")
                    + ") or exists (select from pg_policy y where "
                    + calls("concat(y.polqual, y.polwithcheck)")
                    + ") or exists (select from pg_rewrite r where r.oid >= "
                    + FIRST_OID
                    + " and "
                    + calls("concat(r.ev_action, r.ev_qual)")
                    + ") as callable";

    private boolean ran;
    private boolean made;
    private Optional<Boolean> callable = Optional.empty();

    private static String calls(String parsed) {
        return "position(concat(':funcid ', 'set_config'::regproc::oid, ' ') in "
                + parsed
                + ") > 0";
    }

    /** A text of the team's ran in the session, or failed in it. */
    void ran(String sql) {
        ran = true;
        if (MADE.matcher(sql).find()) {
            made = true;
            callable = Optional.empty();
        }
    }

    /** The session is a new one. */
    void renewed() {
        ran = false;
        made = false;
    }

    /** Whether the session may hold such a setting; also where that cannot be asked. */
    Future<Boolean> mayBeIn(PgSession session) {
        if (!ran || made) {
            return Future.succeededFuture(made);
        }
        if (callable.isPresent()) {
            return Future.succeededFuture(callable.get());
        }
        return session.send(PgStatements.look(CALLABLE))
                .map(answer -> answer.rows("callable").get(0).getBoolean("callable"))
                .onSuccess(found -> callable = Optional.of(found))
                .otherwise(true);
    }
}
