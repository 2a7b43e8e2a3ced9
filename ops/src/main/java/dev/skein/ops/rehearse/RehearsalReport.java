package dev.skein.ops.rehearse;

import dev.skein.protocol.plan.Rehearsal;
import java.util.List;

/**
 * What a rehearsal found.
 *
 * @param rehearsal step by step, as the plan keeps it
 * @param waysBack one a migration that was applied
 * @param checks the answers to the check queries
 * @param leftOut keys of the migrations that were not applied
 * @param delegated the steps that runners carried out
 */
public record RehearsalReport(
        Rehearsal rehearsal,
        List<WayBack> waysBack,
        List<CheckAnswer> checks,
        List<String> leftOut,
        List<RehearsedRun> delegated) {
    /** Copies the lists. */
    public RehearsalReport {
        waysBack = List.copyOf(waysBack);
        checks = List.copyOf(checks);
        leftOut = List.copyOf(leftOut);
        delegated = List.copyOf(delegated);
    }

    /** The ways back with that verdict. */
    public List<WayBack> waysBack(WayBack.Verdict verdict) {
        return waysBack.stream().filter(each -> each.verdict() == verdict).toList();
    }

    /** Whether a down, or the migration after it, did not run. */
    public boolean hasFailedDown() {
        return !waysBack(WayBack.Verdict.FAILED).isEmpty();
    }

    /** Whether a check query has not the answer that was expected. */
    public boolean hasWrongAnswer() {
        return checks.stream().anyMatch(CheckAnswer::isWrong);
    }
}
