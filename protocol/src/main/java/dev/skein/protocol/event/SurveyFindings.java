package dev.skein.protocol.event;

import java.util.List;
import java.util.Optional;

/**
 * How a database's version table compares with a plan. Equal databases have equal findings.
 *
 * @param version the version that the table names; absent where it has no row
 * @param applied migrations in the table, including those that the plan does not know
 * @param missing what the plan would apply, in its order
 * @param differing applied with another text than the plan has
 * @param unknown keys of what is applied and not in the plan
 * @param failed keys of what the table marks as failed
 * @param lockStuck whether the framework's lock is set in its table
 * @param proof whether it is at the version that a person has declared, where one has
 */
public record SurveyFindings(
        Optional<String> version,
        int applied,
        List<KeyRange> missing,
        List<ChecksumDifference> differing,
        List<String> unknown,
        List<String> failed,
        boolean lockStuck,
        Optional<VersionProof> proof) {
    /** Copies the lists. */
    public SurveyFindings {
        missing = List.copyOf(missing);
        differing = List.copyOf(differing);
        unknown = List.copyOf(unknown);
        failed = List.copyOf(failed);
    }

    /** Of a database of which nobody has declared a version. */
    public SurveyFindings(
            Optional<String> version,
            int applied,
            List<KeyRange> missing,
            List<ChecksumDifference> differing,
            List<String> unknown,
            List<String> failed,
            boolean lockStuck) {
        this(version, applied, missing, differing, unknown, failed, lockStuck, Optional.empty());
    }

    /** The same, with what is known of a declared version. */
    public SurveyFindings with(VersionProof found) {
        return new SurveyFindings(
                version,
                applied,
                missing,
                differing,
                unknown,
                failed,
                lockStuck,
                Optional.of(found));
    }

    /** How many migrations the plan would apply. */
    public int missingCount() {
        return missing.stream().mapToInt(KeyRange::count).sum();
    }

    /** Whether the database is a state on the plan's way, so that the plan can go on from it. */
    public boolean agrees() {
        return differing.isEmpty() && unknown.isEmpty() && failed.isEmpty() && !lockStuck;
    }

    /** The version, the counts, and whether it agrees, in one line. */
    public String summary() {
        return "at version %s with %d migrations applied and %d missing%s%s"
                .formatted(
                        version.orElse("none"),
                        applied,
                        missingCount(),
                        agrees() ? "" : "; it differs from the plan",
                        proof.map(each -> "; " + each.summary()).orElse(""));
    }
}
