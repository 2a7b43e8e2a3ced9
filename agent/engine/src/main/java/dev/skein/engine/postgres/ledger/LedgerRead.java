package dev.skein.engine.postgres.ledger;

import dev.skein.engine.execution.LedgerKind;
import dev.skein.engine.execution.LedgerOrigin;
import dev.skein.engine.execution.LedgerRow;
import dev.skein.protocol.codec.Decoded;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.EventCodec;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.RolloutId;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@link LedgerSql#survey} answered.
 *
 * @param format of the tables
 * @param serverVersion as {@code server_version_num}
 * @param epoch 0 where the ledger does not know the target
 * @param lastSequence 0 where the target has no row
 * @param origin where it belongs
 * @param rows for the target's version table
 * @param unreported reports that the log may lack, in sequence
 */
public record LedgerRead(
        int format,
        int serverVersion,
        long epoch,
        long lastSequence,
        LedgerOrigin origin,
        List<LedgerRow> rows,
        List<Envelope> unreported) {

    /** Reads the four results. */
    public static LedgerRead of(Row origin, Row head, Iterable<Row> rows, Iterable<Row> reports) {
        List<LedgerRow> read = new ArrayList<>();
        rows.forEach(row -> read.add(row(row)));
        List<Envelope> unreported = new ArrayList<>();
        reports.forEach(row -> report(row.getString("report")).ifPresent(unreported::add));
        return new LedgerRead(
                head.getInteger("format"),
                head.getInteger("server"),
                orZero(head.getLong("epoch")),
                orZero(head.getLong("last")),
                origin(origin),
                read,
                unreported);
    }

    private static LedgerOrigin origin(Row row) {
        Optional<OrderKind> held =
                Optional.ofNullable(row.getString("accepted"))
                        .flatMap(LedgerRead::report)
                        .map(Envelope::event)
                        .filter(OrderAccepted.class::isInstance)
                        .map(event -> ((OrderAccepted) event).kind());
        return new LedgerOrigin(
                Optional.ofNullable(row.getString("held_log")).map(LogId::new),
                held,
                row.getBoolean("other_database"),
                row.getBoolean("empty"));
    }

    private static long orZero(Long value) {
        return value == null ? 0 : value;
    }

    private static LedgerRow row(Row row) {
        return new LedgerRow(
                row.getLong("sequence"),
                row.getLong("epoch"),
                new RolloutId(row.getString("rollout")),
                LedgerKind.of(row.getString("kind")),
                Optional.ofNullable(row.getString("migration")).map(key -> step(row, key)),
                row.getBoolean("completes"),
                Optional.ofNullable(row.getString("checksum")));
    }

    private static StepRef step(Row row, String migration) {
        return new StepRef(
                migration, row.getInteger("step"), direction(row.getString("direction")));
    }

    private static Direction direction(String label) {
        return Arrays.stream(Direction.values())
                .filter(direction -> direction.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no step's direction is '" + label + "'"));
    }

    /** The report of a ledger row; empty for a kind that only a newer version knows. */
    public static Optional<Envelope> report(String json) {
        Decoded decoded = EventCodec.decode(json.getBytes(StandardCharsets.UTF_8));
        return decoded instanceof Decoded.Known known
                ? Optional.of(known.envelope())
                : Optional.empty();
    }
}
