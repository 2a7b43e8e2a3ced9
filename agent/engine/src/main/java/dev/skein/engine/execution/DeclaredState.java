package dev.skein.engine.execution;

import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.VersionProof;
import dev.skein.protocol.event.VersionProof.Verdict;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.List;
import java.util.Optional;

/**
 * A person's word that a database is at a version, beside what the database says itself.
 *
 * <p>Where its ledger or its version table says anything, that alone counts: it agrees with the
 * word or contradicts it. Where both are silent, the schema is held against the plan's rehearsal.
 */
final class DeclaredState {
    private final Plan plan;
    private final DeclaredVersion declared;
    private final Survey survey;
    private final AppliedState appliedState;
    private final Optional<VersionReach> reach;

    DeclaredState(Plan plan, DeclaredVersion declared, Survey survey) {
        this.plan = plan;
        this.declared = declared;
        this.survey = survey;
        this.appliedState = AppliedState.of(plan, survey);
        this.reach = VersionReach.of(plan, declared.version());
    }

    /** Whether neither ledger nor version table says what is there. */
    boolean booksAreSilent() {
        return appliedState.applied().isEmpty()
                && appliedState.baseline().isEmpty()
                && appliedState.failedByOthers().isEmpty()
                && appliedState.migrationStates().values().stream()
                        .noneMatch(state -> state.present() || state.partial());
    }

    /** What a database at that version has of the plan, in the plan's order. */
    List<Migration> migrations() {
        List<String> keys = reach.map(VersionReach::within).orElse(List.of());
        return plan.migrations().stream()
                .filter(each -> keys.contains(each.key()))
                .filter(each -> !isReplaced(each))
                .toList();
    }

    /** A baseline beside the migrations for which it stands: those are what a person means. */
    private boolean isReplaced(Migration migration) {
        return migration.kind() == MigrationKind.BASELINE && plan.migrations().get(0) != migration;
    }

    /**
     * What is known of the declared version.
     *
     * @param schema of the database; absent where the books are not silent
     * @param wholeDatabase whether the schema is that of a whole database
     */
    VersionProof proof(Optional<Fingerprint> schema, boolean wholeDatabase) {
        if (reach.isEmpty()) {
            return proof(Verdict.CONTRADICTED, "the plan has no such version");
        }
        if (!booksAreSilent()) {
            return byTheBooks();
        }
        if (plan.rehearsal().isEmpty() || schema.isEmpty()) {
            return proof(Verdict.UNPROVEN, "the plan was never rehearsed");
        }
        return new RehearsedVersion(plan, plan.rehearsal().get(), migrations(), wholeDatabase)
                .proof(declared.version(), schema.get());
    }

    private VersionProof byTheBooks() {
        boolean lacks =
                migrations().stream()
                        .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                        .anyMatch(each -> ApplyPlanner.pending(each, appliedState));
        boolean isAbove =
                reach.orElseThrow().above().stream()
                        .anyMatch(key -> appliedState.applied(key).isPresent());
        if (!lacks && !isAbove && appliedState.partials().isEmpty()) {
            return new VersionProof(declared.version(), Verdict.RECORDED, List.of(), 0);
        }
        String books =
                survey.history().isPresent() ? "its version table says " : "its ledger says ";
        return proof(
                Verdict.CONTRADICTED,
                books
                        + appliedState
                                .versionWithout(List.of())
                                .map(version -> "version " + version)
                                .orElse("that there is none")
                        + (appliedState.partials().isEmpty()
                                ? ""
                                : ", and that of migration "
                                        + appliedState.partials().get(0)
                                        + " a part is there"));
    }

    private VersionProof proof(Verdict verdict, String reason) {
        return new VersionProof(declared.version(), verdict, List.of(reason), 0);
    }

    /** The database as its books say it once the declared migrations are in them. */
    Survey asDeclared() {
        List<VersionHistory.Applied> applied =
                migrations().stream().map(DeclaredState::entry).toList();
        return new Survey(
                survey.epoch(),
                survey.lastSequence(),
                survey.rows(),
                Optional.of(new VersionHistory(applied, List.of(), Optional.empty())),
                survey.sessionContext(),
                survey.origin());
    }

    private static VersionHistory.Applied entry(Migration migration) {
        Optional<String> version =
                migration.kind() == MigrationKind.REPEATABLE
                        ? Optional.empty()
                        : Optional.of(migration.version());
        return new VersionHistory.Applied(migration.key(), version, migration.checksum());
    }
}
