package dev.skein.ops.sim;

import dev.skein.engine.execution.LedgerEntry;
import dev.skein.engine.execution.LedgerKind;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseIrreversible;
import dev.skein.protocol.event.DatabaseRolledBack;
import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.RolloutEvent;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the log as it grows, without the fold's own code, and holds it and the databases against
 * what was promised.
 */
final class Auditor {
    private final Map<RolloutId, RolloutAudit> rollouts = new TreeMap<>();
    private final Map<DatabaseId, OrderIssued> orders = new TreeMap<>();
    private final Map<DatabaseId, Map<Long, Set<OrderKind>>> kinds = new TreeMap<>();
    private final Map<DatabaseId, Long> reports = new TreeMap<>();
    private final Map<DatabaseId, StepEvent> ends = new TreeMap<>();
    private final List<Session> sessions = new ArrayList<>();

    /** Whether ledgers may know of orders that the log has lost. */
    private boolean restored;

    void opened(Session session) {
        sessions.removeIf(Session::isClosed);
        sessions.add(session);
    }

    /** The log is put back; what is left of it is appended next. */
    void restored() {
        restored = true;
        rollouts.clear();
        orders.clear();
        reports.clear();
        ends.clear();
    }

    void appended(LogRecord record) {
        FleetEvent event = record.envelope().event();
        long sequence = record.envelope().sequence();
        if (event instanceof RolloutOpened opened) {
            rollouts.put(opened.rollout(), new RolloutAudit(opened, restored));
        }
        if (event instanceof RolloutEvent decision) {
            rollouts.get(decision.rollout()).decided(sequence, decision, record.appendedAt());
        }
        if (event instanceof OrderIssued order) {
            ordered(order);
        }
        if (event instanceof StepEvent report) {
            reported(sequence, report);
        }
    }

    private void ordered(OrderIssued order) {
        OrderIssued before = orders.put(order.database(), order);
        kinds.computeIfAbsent(order.database(), id -> new TreeMap<>())
                .computeIfAbsent(order.epoch(), epoch -> new TreeSet<>())
                .add(order.kind());
        Violation.unless(
                before == null || before.epoch() < order.epoch(),
                order.database() + ": epoch " + order.epoch() + " was ordered before");
        if (before != null) {
            rollouts.get(before.rollout()).ended(before.database());
        }
        rollouts.get(order.rollout()).ordered(order);
        StepEvent told = ends.get(order.database());
        if (restored && told != null && isAbout(order, told)) {
            reported(rollouts.get(order.rollout()), 1, told);
        }
    }

    private void reported(long sequence, StepEvent report) {
        long last = reports.getOrDefault(report.database(), 0L);
        boolean jumps = restored && (last == 0 || report instanceof OrderAccepted);
        Violation.unless(
                sequence <= last + 1 || jumps,
                report.database() + ": report " + sequence + " follows report " + last);
        reports.put(report.database(), Math.max(last, sequence));
        OrderIssued order = orders.get(report.database());
        if (isEnd(report)) {
            ends.put(report.database(), report);
        }
        boolean ordered = order != null && report.epoch() <= order.epoch();
        Violation.unless(
                ordered || restored,
                report.database() + " reports of epoch " + report.epoch() + ", never ordered");
        if (order != null && isAbout(order, report)) {
            reported(rollouts.get(order.rollout()), sequence, report);
        }
    }

    /** How a lost order of the same rollout ended counts for the one that is given in its place. */
    private boolean isAbout(OrderIssued order, StepEvent report) {
        boolean later = restored && report.epoch() > order.epoch();
        return report.rollout().equals(order.rollout())
                && (later || report.epoch() == order.epoch());
    }

    private static void reported(RolloutAudit rollout, long sequence, StepEvent report) {
        if (isEnd(report)) {
            boolean inVain =
                    report instanceof DatabaseFailed || report instanceof DatabaseIrreversible;
            boolean open =
                    sequence == 0
                            && report instanceof DatabaseFailed failed
                            && failed.kind() != OrderKind.SURVEY
                            && failed.ledgerEpoch().isEmpty();
            rollout.ended(report.database(), inVain, open);
        }
        if (report instanceof OrderPaused paused) {
            rollout.confirmed(report.database(), paused.pause());
        }
    }

    private static boolean isEnd(StepEvent report) {
        return report instanceof DatabaseApplied
                || report instanceof DatabaseSurveyed
                || report instanceof DatabaseAdopted
                || report instanceof DatabaseRolledBack
                || report instanceof DatabaseFailed
                || report instanceof DatabaseIrreversible
                || report instanceof OrderStopped;
    }

    /** The leader has folded a pause and every confirmation of it. */
    void quiesced(RolloutId rollout, int pause) {
        if (rollouts.get(rollout).quiesced(pause)) {
            sessions.stream()
                    .filter(session -> session.isAtWork(rollout))
                    .forEach(
                            session -> {
                                throw new Violation(
                                        rollout + " is quiesced while a step runs: " + session);
                            });
        }
    }

    /**
     * A database is to be noted by this order now. One that is only read may be read at any time:
     * its agent may have died behind its report, and reads once more when the rollout has ended.
     */
    void adopts(OrderIssued order) {
        RolloutAudit rollout = rollouts.get(order.rollout());
        rollout.mayStart(order, Optional.empty());
        rollout.wavesBeforePassed(order);
    }

    /** A survey has written nothing; an adoption has noted itself once, and nothing else. */
    void checkLedger(SimDatabase database) {
        Set<Long> adoptions = new TreeSet<>();
        for (LedgerEntry row : database.ledger().entries()) {
            StepEvent event = (StepEvent) row.envelope().event();
            boolean again = event instanceof DatabaseAdopted && !adoptions.add(event.epoch());
            Set<OrderKind> asked = kinds.get(database.id()).get(event.epoch());
            Violation.unless(
                    !again && asked.stream().anyMatch(kind -> fits(kind, row)),
                    database.id() + ": an order to " + asked + " wrote " + row);
        }
        long epoch = database.ledger().epoch();
        Violation.unless(
                epoch == 0 || !kinds.get(database.id()).get(epoch).equals(Set.of(OrderKind.SURVEY)),
                database.id() + ": a survey raised the ledger to epoch " + epoch);
    }

    private static boolean fits(OrderKind kind, LedgerEntry row) {
        boolean adopted = row.envelope().event() instanceof DatabaseAdopted;
        return switch (kind) {
            case SURVEY -> false;
            case ADOPT -> adopted || row.kind() == LedgerKind.ACCEPTED;
            case APPLY, ROLLBACK, MOVE, ROLLBACK_TO -> !adopted;
        };
    }

    /** A step of this order begins in its database now. */
    void stepStarts(OrderIssued order, SimDatabase database) {
        Violation.unless(
                database.ledger().epoch() == order.epoch(),
                order.database()
                        + ": a step of epoch "
                        + order.epoch()
                        + " begins while the ledger is at "
                        + database.ledger().epoch());
        RolloutAudit rollout = rollouts.get(order.rollout());
        rollout.mayStart(order, database.ledger().acceptedAt(order.epoch()));
        if (order.kind() == OrderKind.APPLY) {
            rollout.wavesBeforePassed(order);
        }
    }
}
