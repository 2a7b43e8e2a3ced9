package dev.skein.engine.postgres.ledger;

import dev.skein.engine.execution.LedgerEntry;
import dev.skein.engine.execution.LedgerKind;
import dev.skein.engine.sql.RowCountCheck;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.codec.EventCodec;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.LogId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that read and write one target's part of the ledger, as text. Immutable. */
public final class LedgerSql {
    /** Version of the tables' layout. */
    public static final int FORMAT = 2;

    /** SQLSTATE of the fence: the ledger holds another epoch. */
    public static final String FENCED = "SK001";

    /** SQLSTATE of a schema {@code skein} that is somebody else's. */
    public static final String FOREIGN = LedgerTrust.FOREIGN;

    /**
     * Asynchronous commit, where losing the transaction in a crash loses nothing: the next
     * execution finds the same facts and writes them again.
     */
    public static final String LAZILY = "set local synchronous_commit = off;";

    private static final String LOCK = Long.toString(0x536B65696EL);
    private static final String NO_TIME = "\"elapsed\":\"PT0S\"";

    /** A function, so that a session compiles it once instead of at each step. */
    private static final String FENCE =
            " create function skein.fence(held text, held_epoch bigint) returns void"
                    + " language plpgsql as $fence$ begin"
                    + " perform from skein.target t where t.target = held"
                    + " and t.epoch = held_epoch for update;"
                    + " if not found then raise exception"
                    + " 'the ledger no longer holds epoch %', held_epoch using errcode = '"
                    + FENCED
                    + "'; end if; end $fence$;";

    private static final String ABSENT =
            "not exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                    + " on n.oid = c.relnamespace where n.nspname = 'skein'"
                    + " and c.relname = 'format')";

    /** A ledger of format 1, which knows no logs. */
    private static final String OLDER =
            "not exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
                    + " on n.oid = c.relnamespace where n.nspname = 'skein'"
                    + " and c.relname = 'origin') and (select max(version) from skein.format) < 2";

    /** As the newest format has it, and the agent's own: so it is at all orders but the first. */
    private static final String COMPLETE =
            "(select count(*) from pg_class c where c.relnamespace = (select n.oid from"
                    + " pg_namespace n where n.nspname = 'skein') and c.relname in"
                    + " ('format', 'origin')) = 2 and "
                    + LedgerTrust.PLAIN;

    private static final String CREATION =
            "begin if "
                    + ABSENT
                    + " then perform pg_catalog.pg_advisory_xact_lock("
                    + LOCK
                    + "); if not exists (select from pg_catalog.pg_namespace"
                    + " where nspname = 'skein') then create schema skein; end if; end if;"
                    + LedgerTrust.DEMAND
                    + " if "
                    + ABSENT
                    + " then create table skein.format (version int not null);"
                    + " insert into skein.format values (1);"
                    + " create table skein.target (target text primary key,"
                    + " epoch bigint not null, rollout text not null, reported bigint not null);"
                    + " create table skein.ledger (scope text not null,"
                    + " position bigint generated always as identity, target text not null,"
                    + " sequence bigint not null, epoch bigint not null, rollout text not null,"
                    + " book text not null, kind text not null, migration text, direction text,"
                    + " step int, completes boolean not null, checksum text,"
                    + " at timestamptz not null default pg_catalog.clock_timestamp(),"
                    + " report text not null, primary key (scope, position),"
                    + " unique (target, sequence));"
                    + FENCE
                    + " end if; if "
                    + OLDER
                    + " then perform pg_catalog.pg_advisory_xact_lock("
                    + LOCK
                    + "); if "
                    + OLDER
                    + " then"
                    + OriginSql.CREATION
                    + " update skein.format set version = "
                    + FORMAT
                    + "; end if; end if; end";

    private final Target target;
    private final String id;
    private final OriginSql origin;

    /** The statements of this target. */
    public LedgerSql(Target target) {
        this.target = target;
        this.id = SqlText.literal(target.id().toString());
        this.origin = new OriginSql(target);
    }

    /**
     * Creates the tables where they are absent, and refuses a schema that is somebody else's with
     * {@link #FOREIGN}. Many targets of one database may do so at once: the first to take the lock
     * creates them. The catalogue is asked by a query, because the lookup of names remembers what
     * it did not find.
     */
    public static String creation() {
        // A text of its own, so that the server parses it only where it is needed.
        String creation = SqlText.literal("do " + SqlText.literal(CREATION));
        return "do "
                + SqlText.literal(
                        "declare "
                                + AgentRole.DECLARATION
                                + " begin if ("
                                + COMPLETE
                                + ") is not true then execute "
                                + creation
                                + "; end if; end")
                + ";";
    }

    /** Refuses a schema that is somebody else's with {@link #FOREIGN}, and creates nothing. */
    public static String check() {
        return LedgerTrust.CHECK;
    }

    /**
     * Four queries: where the ledger belongs ({@code held_log, other_database, empty, accepted}),
     * the target ({@code format, server, epoch, last}), the rows for its version table, and the
     * reports that the log may lack: those not yet acknowledged, and those that were, if the
     * orchestrator has not seen them. A log that was restored from a backup lacks what it once
     * acknowledged.
     *
     * @param seen the last report that the orchestrator had seen
     * @param withOrigin whether the ledger has the table that says where it belongs
     */
    public String survey(long seen, boolean withOrigin) {
        return origin.survey(withOrigin)
                + "select (select max(version) from skein.format) as format,"
                + " pg_catalog.current_setting('server_version_num')::int as server,"
                + " (select epoch from skein.target where target = "
                + id
                + ") as epoch, (select max(sequence) from skein.ledger where target = "
                + id
                + ") as last; select sequence, case when target = "
                + id
                + " then epoch else 0 end as epoch, rollout, kind, migration, direction, step,"
                + " completes, checksum from skein.ledger where scope = "
                + SqlText.literal(target.scope())
                + " and (book = "
                + SqlText.literal(target.versionTable())
                + " or migration is null and target = "
                + id
                + ") order by position; select sequence, report from"
                + " skein.ledger where target = "
                + id
                + " and sequence > (select least(reported, "
                + seen
                + ") from skein.target where target = "
                + id
                + ") order by sequence;";
    }

    /** One row, {@code empty}: whether there is nothing that a step could have made. */
    public String empty() {
        return "select " + origin.empty() + ";";
    }

    /** Makes the transaction fail with {@link #FENCED} unless the ledger holds this epoch. */
    public String fence(long epoch) {
        return "select skein.fence(" + id + "::text, " + epoch + "::bigint);";
    }

    /**
     * Raises the target's epoch, unless the ledger holds a higher one, which the fence tells. An
     * upsert is not used: PostgreSQL refuses it on a table with a rule, in words about syntax.
     *
     * @param reported the sequence before the first row that this ledger will hold, for a target
     *     that it does not know yet
     * @param log whose order it is, where that says so
     */
    public String raise(long epoch, String rollout, long reported, Optional<LogId> log) {
        String named = SqlText.literal(rollout);
        String mine = "target = " + id;
        return "update skein.target set epoch = "
                + epoch
                + ", rollout = "
                + named
                + " where "
                + mine
                + " and epoch <= "
                + epoch
                + "; insert into skein.target (target, epoch, rollout, reported) select "
                + String.join(", ", id, Long.toString(epoch), named, Long.toString(reported))
                + " where not exists (select from skein.target where "
                + mine
                + ");"
                + RowCountCheck.in("skein.target")
                        .exactly(
                                1,
                                "insert or update",
                                "epoch " + epoch,
                                mine
                                        + " and (epoch > "
                                        + epoch
                                        + " or epoch = "
                                        + epoch
                                        + " and rollout = "
                                        + named
                                        + ")")
                + origin.write(log);
    }

    /**
     * Adds rows, fails unless they are there then, and returns their reports.
     *
     * @param timed whether the database measures how long a step took, from the transaction's
     *     begin; the report is written before that is known
     */
    public String insertion(List<LedgerEntry> entries, boolean timed) {
        String added = added(entries);
        return "insert into skein.ledger (scope, target, sequence, epoch, rollout, book, kind,"
                + " migration, direction, step, completes, checksum, report) values "
                + entries.stream()
                        .map(entry -> values(entry, timed))
                        .collect(Collectors.joining(", "))
                + ";"
                + RowCountCheck.in("skein.ledger").exactly(entries.size(), "insert", "rows", added)
                + "select report from skein.ledger where "
                + added
                + " order by sequence;";
    }

    /** The condition on the rows of one transaction, whose sequences follow one another. */
    private String added(List<LedgerEntry> entries) {
        long first = entries.get(0).envelope().sequence();
        return "target = "
                + id
                + " and sequence between "
                + first
                + " and "
                + (first + entries.size() - 1)
                + " and epoch = "
                + ((StepEvent) entries.get(0).envelope().event()).epoch();
    }

    private String values(LedgerEntry entry, boolean timed) {
        StepEvent event = (StepEvent) entry.envelope().event();
        Optional<StepRef> step = entry.step();
        String report =
                SqlText.literal(
                        new String(EventCodec.encode(entry.envelope()), StandardCharsets.UTF_8));
        return "("
                + String.join(
                        ", ",
                        SqlText.literal(target.scope()),
                        id,
                        Long.toString(entry.envelope().sequence()),
                        Long.toString(event.epoch()),
                        SqlText.literal(entry.rollout().value()),
                        SqlText.literal(target.versionTable()),
                        SqlText.literal(entry.kind().label()),
                        text(step.map(StepRef::migration)),
                        text(step.map(ref -> ref.direction().label())),
                        step.map(ref -> Integer.toString(ref.index())).orElse("null"),
                        Boolean.toString(entry.completes()),
                        text(entry.checksum()),
                        timed && entry.kind() == LedgerKind.DONE ? timed(report) : report)
                + ")";
    }

    private static String text(Optional<String> value) {
        return value.map(SqlText::literal).orElse("null");
    }

    private static String timed(String report) {
        return "pg_catalog.replace("
                + report
                + ", "
                + SqlText.literal(NO_TIME)
                + ", '\"elapsed\":\"PT' || pg_catalog.round(extract(epoch from"
                + " pg_catalog.clock_timestamp() - pg_catalog.transaction_timestamp())::numeric,"
                + " 3) || 'S\"')";
    }

    /**
     * Notes that the log has acknowledged the reports up to this sequence. Not checked: where the
     * note is lost, the next execution sends the same reports again and the fold drops them.
     */
    public String acknowledged(long sequence) {
        return "update skein.target set reported = "
                + sequence
                + " where target = "
                + id
                + " and reported < "
                + sequence
                + ";";
    }
}
