package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.OrderReport;
import dev.skein.orchestrator.fleet.ReportStatus;
import dev.skein.protocol.event.Repair;
import java.util.List;
import java.util.Optional;

/** Whether a repair would have an effect in a database: one that has none is not asked for. */
final class RepairRules {
    /** What is wrong with the framework's version table or lock, and mended with them. */
    private static final List<String> BOOKS =
            List.of("failed-row", "locked", "version-table-contradicts-ledger");

    /** What is wrong with the ledger, and mended by taking it into this log. */
    private static final List<String> LEDGER = List.of("another-log", "ledger-gone");

    private static final String UNDECIDED = "undecided";

    private RepairRules() {}

    /** Why the repair would change nothing there; empty where it would. */
    static Optional<String> obstacle(TargetStatus status, Repair repair) {
        boolean failed =
                status.state() == TargetState.FAILED
                        || status.state() == TargetState.ROLLBACK_FAILED;
        if (!failed && !isShutOut(status)) {
            return Optional.of(
                    "it is " + status.state().label() + ", and only what failed is repaired");
        }
        return switch (repair) {
            case BOOKS ->
                    BOOKS.contains(code(status))
                            ? Optional.empty()
                            : Optional.of(
                                    "it failed with "
                                            + code(status)
                                            + ", which has nothing to do with the framework's"
                                            + " version table or lock; mend the cause, then retry");
            case STEP_DONE, STEP_NOT_DONE -> uninterrupted(status, failed);
            case LEDGER ->
                    LEDGER.contains(code(status))
                            ? Optional.empty()
                            : Optional.of(
                                    "it failed with "
                                            + code(status)
                                            + ", which does not say that its ledger is gone or"
                                            + " obeys another log; mend the cause, then retry");
        };
    }

    /** Its agent cannot get in; the cause may be the very lock that is to be taken away. */
    static boolean isShutOut(TargetStatus status) {
        return status.state() == TargetState.UNREACHABLE
                && status.report()
                        .filter(each -> each.status() == ReportStatus.UNAVAILABLE)
                        .isPresent();
    }

    private static Optional<String> uninterrupted(TargetStatus status, boolean failed) {
        if (!failed) {
            return Optional.of(
                    "it is " + status.state().label() + ", and only what failed is repaired");
        }
        boolean interrupted =
                status.database().progress().steps().begun().isPresent()
                        || code(status).equals(UNDECIDED);
        return interrupted
                ? Optional.empty()
                : Optional.of(
                        "no step of it was interrupted, it failed with "
                                + code(status)
                                + "; mend the cause, then retry");
    }

    private static String code(TargetStatus status) {
        return status.report()
                .flatMap(OrderReport::failure)
                .map(each -> each.failure().code())
                .orElse("no code");
    }
}
