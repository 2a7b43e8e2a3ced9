package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.VersionProof;
import dev.skein.protocol.event.VersionProof.Verdict;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Fingerprint;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Version 1 makes a table, version 2 alters it, version 3 makes another. */
class RehearsedVersionTest {
    private static final String SHELF = "table public.shelf";
    private static final String LABEL = "table public.label";
    private static final String BASE = "schema public";

    private final Plan plan =
            new Plan(
                    Framework.SQL,
                    Optional.empty(),
                    List.of(migration("1"), migration("2"), migration("3")));

    private static Migration migration(String version) {
        return migration(version, new ScriptStep("select " + version));
    }

    private static Migration migration(String version, Step up) {
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "change",
                version + ".up.sql",
                Optional.empty(),
                List.of(up),
                Optional.empty());
    }

    private static Fingerprint print(Map<String, String> digests) {
        return new Fingerprint(new TreeMap<>(digests));
    }

    private static RehearsedStep step(String version, Fingerprint before, ObjectChange... changes) {
        return new RehearsedStep(
                version, true, 0, Duration.ZERO, before.whole(), "", List.of(changes), List.of());
    }

    private Rehearsal rehearsal(Fingerprint base, Optional<String> template) {
        return new Rehearsal(
                Instant.EPOCH,
                "15.4",
                template,
                List.of(
                        step("1", base, change(SHELF, "", "a")),
                        step("2", base, change(SHELF, "a", "b")),
                        step("3", base, change(LABEL, "", "c"))));
    }

    private static ObjectChange change(String object, String before, String after) {
        return new ObjectChange(
                object,
                Optional.of(before).filter(each -> !each.isEmpty()),
                Optional.of(after).filter(each -> !each.isEmpty()));
    }

    private VersionProof atTwo(Rehearsal rehearsal, Map<String, String> found) {
        List<Migration> within = plan.migrations().subList(0, 2);
        return new RehearsedVersion(plan, rehearsal, within, true).proof("2", print(found));
    }

    private VersionProof atTwo(Map<String, String> found) {
        return atTwo(rehearsal(print(Map.of(BASE, "s")), Optional.empty()), found);
    }

    @Test
    void schemaOfThatVersionProvesIt() {
        assertThat(atTwo(Map.of(BASE, "s", SHELF, "b")))
                .isEqualTo(new VersionProof("2", Verdict.PROVEN, List.of(), 0));
    }

    @Test
    void schemaOfAnEarlierOrLaterVersionContradictsIt() {
        assertThat(atTwo(Map.of(BASE, "s", SHELF, "a")).reasons())
                .containsExactly("table public.shelf differs");
        VersionProof later = atTwo(Map.of(BASE, "s", SHELF, "b", LABEL, "c"));
        assertThat(later.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(later.reasons())
                .containsExactly("table public.label is there, of a later version");
        assertThat(atTwo(Map.of(BASE, "s")).reasons())
                .containsExactly("table public.shelf is not there");
    }

    @Test
    void whatThePlanDoesNotMakeIsNotProvenUnlessTheRehearsalBeganWithIt() {
        Map<String, String> found = Map.of(BASE, "s", SHELF, "b", "table public.audit", "x");
        assertThat(atTwo(found).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(atTwo(found).reasons())
                .containsExactly("table public.audit is there, and no migration of the plan's");
        Fingerprint template = print(Map.of(BASE, "s", "table public.audit", "x"));
        assertThat(atTwo(rehearsal(template, Optional.of("golden")), found).verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void orderOfColumnsIsNoDifference() {
        Rehearsal rehearsal =
                new Rehearsal(
                        Instant.EPOCH,
                        "15.4",
                        Optional.empty(),
                        List.of(
                                step(
                                        "1",
                                        print(Map.of()),
                                        change("column-order public.shelf", "", "1"),
                                        change(SHELF, "", "b"))));
        assertThat(atTwo(rehearsal, Map.of(SHELF, "b", "column-order public.shelf", "2")).verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void programThatMayMakeAnotherSchemaInEachDatabaseContradictsNothing() {
        Step run =
                new DelegatedStep(
                        "billing",
                        "2",
                        Optional.empty(),
                        true,
                        Atomicity.ATOMIC,
                        new TreeMap<>(),
                        "it reads rows");
        Plan programs =
                new Plan(
                        Framework.KNEX,
                        Optional.empty(),
                        List.of(migration("1"), migration("2", run), migration("3")));
        List<Migration> within = programs.migrations().subList(0, 2);
        Rehearsal rehearsal = rehearsal(print(Map.of(BASE, "s")), Optional.empty());
        VersionProof proof =
                new RehearsedVersion(programs, rehearsal, within, true)
                        .proof("2", print(Map.of(BASE, "s", SHELF, "a")));

        assertThat(proof.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(proof.reasons())
                .containsExactly(
                        "a program carries out 2, and may make another schema in each database",
                        "table public.shelf differs");
    }
}
