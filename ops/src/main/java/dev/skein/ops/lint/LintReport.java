package dev.skein.ops.lint;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rules say of a plan.
 *
 * @param migrations how many were looked at
 * @param out how many were not, since they are out already
 * @param classes of those that were looked at, by key
 * @param findings in the order of the statements
 * @param suppressed how many findings a person's word covers
 * @param unused suppressions that cover nothing
 * @param unread what no rule could look at, and why, a line each
 */
public record LintReport(
        int migrations,
        int out,
        SortedMap<String, MigrationClass> classes,
        List<Finding> findings,
        int suppressed,
        List<String> unused,
        List<String> unread) {
    public LintReport {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        findings = List.copyOf(findings);
        unused = List.copyOf(unused);
        unread = List.copyOf(unread);
    }

    /** How many findings are of this severity. */
    public long count(Severity severity) {
        return findings.stream().filter(each -> each.severity() == severity).count();
    }

    /** The worst of them; empty where there is none. */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).min(Severity::compareTo);
    }
}
