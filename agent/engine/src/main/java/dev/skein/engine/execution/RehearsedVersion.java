package dev.skein.engine.execution;

import dev.skein.protocol.event.VersionProof;
import dev.skein.protocol.event.VersionProof.Verdict;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The schema that a plan's rehearsal had at one version, to be held against that of a database.
 *
 * <ol>
 *   <li>Each object that a step of the plan touches must be as the steps up to the version leave
 *       it, or as the first step above finds it. One that is not contradicts the version.
 *   <li>Taken back to what the rehearsal began with, the rest must have the rehearsal's
 *       fingerprint, or be nothing but what an empty database holds. Otherwise it is not proven:
 *       there are objects of which the rehearsal tells nothing.
 * </ol>
 */
final class RehearsedVersion {
    private static final int REASONS_MAX = 10;
    private static final int PROGRAMS_MAX = 3;

    /** Follows from the columns, which are compared one by one. */
    private static final String COLUMN_ORDER = "column-order ";

    /** What a tenant's schema is called in the names of objects. */
    private static final String OF_THE_TENANT = " public.";

    private static final List<String> OF_AN_EMPTY_DATABASE =
            List.of("schema public", "extension plpgsql");

    private final Plan plan;
    private final Rehearsal rehearsal;
    private final List<Migration> within;
    private final boolean wholeDatabase;

    /** How each object is at the version, and how it was before the first step that touches it. */
    private final SortedMap<String, Optional<String>> expected = new TreeMap<>();

    private final SortedMap<String, Optional<String>> first = new TreeMap<>();

    /**
     * @param within what of the plan a database at that version has
     * @param wholeDatabase whether more than one schema is looked at
     */
    RehearsedVersion(
            Plan plan, Rehearsal rehearsal, List<Migration> within, boolean wholeDatabase) {
        this.plan = plan;
        this.rehearsal = rehearsal;
        this.within = List.copyOf(within);
        this.wholeDatabase = wholeDatabase;
        List<String> keys = within.stream().map(Migration::key).toList();
        for (RehearsedStep step : stepsUp()) {
            for (ObjectChange change : step.changes()) {
                first.putIfAbsent(change.object(), change.before());
                expected.putIfAbsent(change.object(), change.before());
                if (keys.contains(step.migration())) {
                    expected.put(change.object(), change.after());
                }
            }
        }
    }

    private List<RehearsedStep> stepsUp() {
        return rehearsal.steps().stream().filter(RehearsedStep::up).toList();
    }

    /** What the schema of a database proves of that version. */
    VersionProof proof(String version, Fingerprint found) {
        List<String> differing = differing(found);
        if (!differing.isEmpty()) {
            List<String> variations = variations();
            return variations.isEmpty()
                    ? proof(version, Verdict.CONTRADICTED, differing)
                    : proof(
                            version,
                            Verdict.UNPROVEN,
                            Stream.concat(variations.stream(), differing.stream()).toList());
        }
        List<String> unknown = isExact(found) ? List.of() : unknown(found);
        return proof(version, unknown.isEmpty() ? Verdict.PROVEN : Verdict.UNPROVEN, unknown);
    }

    private static VersionProof proof(String version, Verdict verdict, List<String> reasons) {
        int named = Math.min(REASONS_MAX, reasons.size());
        return new VersionProof(
                version, verdict, reasons.subList(0, named), reasons.size() - named);
    }

    private List<String> differing(Fingerprint found) {
        List<String> differing = new ArrayList<>();
        expected.forEach(
                (object, digest) -> {
                    Optional<String> now = found.digest(object);
                    if (isCompared(object) && !now.equals(digest)) {
                        differing.add(object + difference(digest, now));
                    }
                });
        return differing;
    }

    private boolean isCompared(String object) {
        return !object.startsWith(COLUMN_ORDER)
                && (wholeDatabase || object.contains(OF_THE_TENANT));
    }

    private static String difference(Optional<String> expected, Optional<String> now) {
        if (now.isEmpty()) {
            return " is not there";
        }
        return expected.isEmpty() ? " is there, of a later version" : " differs";
    }

    /** Why a database at that version may have another schema than the rehearsal. */
    private List<String> variations() {
        List<String> reasons = new ArrayList<>();
        if (plan.parameters().filter(each -> !each.isEmpty()).isPresent()) {
            reasons.add("the plan has parameters, whose values may be why these differ");
        }
        List<String> programs =
                within.stream()
                        .filter(
                                each ->
                                        each.up().stream()
                                                .anyMatch(DelegatedStep.class::isInstance))
                        .map(Migration::key)
                        .toList();
        if (!programs.isEmpty()) {
            reasons.add(
                    "a program carries out "
                            + ShortList.of(programs, PROGRAMS_MAX)
                            + ", and may make another schema in each database");
        }
        return reasons;
    }

    /** Whether the rest is what the rehearsal began with. */
    private boolean isExact(Fingerprint found) {
        SortedMap<String, String> rest = new TreeMap<>(found.digests());
        rest.keySet().removeAll(first.keySet());
        first.forEach((object, digest) -> digest.ifPresent(each -> rest.put(object, each)));
        return wholeDatabase
                && stepsUp().stream()
                        .findFirst()
                        .filter(step -> step.before().equals(new Fingerprint(rest).whole()))
                        .isPresent();
    }

    private List<String> unknown(Fingerprint found) {
        List<String> unknown = new ArrayList<>();
        List<RehearsedStep> steps = stepsUp();
        for (Migration migration : within) {
            boolean tried =
                    steps.stream().anyMatch(each -> each.migration().equals(migration.key()));
            if (!tried && !migration.up().isEmpty()) {
                unknown.add("migration " + migration.key() + " was not part of the rehearsal");
            }
        }
        TreeSet<String> beside = new TreeSet<>(found.digests().keySet());
        beside.removeAll(expected.keySet());
        beside.removeAll(OF_AN_EMPTY_DATABASE);
        beside.removeIf(each -> each.startsWith(COLUMN_ORDER));
        beside.forEach(each -> unknown.add(each + " is there, and no migration of the plan's"));
        return unknown;
    }
}
