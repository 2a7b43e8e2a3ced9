package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.command.Said;
import dev.skein.ops.rehearse.Rehearser;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Databases whose books are gone, as after a restore without the schema {@code skein}. */
class AdoptAtIT {
    private static final String SHELF = "create table shelf (id int primary key, name text);";
    private static final String DEPTH = "alter table shelf add depth int not null default 1;";
    private static final String LABEL = "create table label (shelf int references shelf);";
    private static final String EMPTY = "drop schema public cascade; create schema public;";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final Plan plan =
            skein.migrations()
                    .sql("0001_shelf", SHELF, "drop table shelf;")
                    .sql("0002_depth", DEPTH, "alter table shelf drop depth;")
                    .sql("0003_label", LABEL, "drop table label;")
                    .plan();

    private final Tenant restored = tenant("restored", SHELF + DEPTH);
    private final Tenant other = tenant("other", SHELF + DEPTH);

    private Tenant tenant(String name, String sql) {
        Tenant tenant = skein.tenant(name, "kind: " + name);
        tenant.execute(EMPTY + sql);
        return tenant;
    }

    private Plan rehearsed() {
        try (ScratchServer server = Scratch.server()) {
            return plan.rehearsed(
                    new Rehearser(server, Optional.empty(), Scratch.host())
                            .rehearse(plan, List.of())
                            .rehearsal());
        }
    }

    private Said adopt(Plan what, String... options) {
        try {
            Path file = skein.directory().resolve("shelves.json");
            Files.write(file, PlanCodec.write(what));
            return skein.said(
                    Stream.concat(
                                    Stream.of("fleet", "adopt", "--plan", file.toString()),
                                    Stream.of(options))
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the test's plan cannot be written", e);
        }
    }

    @Test
    void whatTheRehearsalProvesIsAdoptedAndWhatContradictsItIsRefusedByName() {
        Tenant first = tenant("first", SHELF);
        Tenant later = tenant("later", SHELF + DEPTH + LABEL);
        Tenant more = tenant("more", SHELF + DEPTH + "create table audit (n int);");
        Plan rehearsed = rehearsed();
        skein.start();

        Said dry = adopt(rehearsed, "--at", "0002").done();

        assertThat(dry.out())
                .contains(
                        "no version: 2 databases\n  missing 3: 0001 to 0003\n"
                                + "  is at version 0002: its schema is what the plan's rehearsal"
                                + " had there\n  ")
                .contains("is not at version 0002\n    column public.shelf.depth is not there")
                .contains("is there, of a later version")
                .contains(
                        "not proven to be at version 0002\n    column public.audit.n is there, and"
                                + " no migration of the plan's")
                .endsWith(
                        "nothing was written; --confirm adopts those that agree with the plan and"
                                + " are proven to be at version 0002\n");
        assertThat(Stream.of(restored, other, first, later, more)).noneMatch(Tenant::hasLedger);

        Said done = adopt(rehearsed, "--at", "0002", "--confirm").endedWith(1);

        assertThat(done.out())
                .contains("2 databases adopted\n\n3 databases not adopted\n")
                .contains(
                        first
                                + "  failed: not adopted at version 0002, which it is not at:"
                                + " column public.shelf.depth is not there; name the version that"
                                + " is there, or mend the database")
                .contains(more + "  failed: not adopted at version 0002, unproven: ");
        assertThat(Stream.of(first, later, more)).noneMatch(Tenant::hasLedger);
        assertThat(restored.applied()).isEqualTo("0001 0002");
        assertThat(skein.said("database", restored.id()).done().out())
                .contains("proven by its schema");
        // A second time it is the same.
        String books = restored.applied();
        adopt(rehearsed, "--at", "0002", "--confirm", "--label", "kind=restored").done();
        assertThat(restored.applied()).isEqualTo(books);

        Rollout rollout =
                skein.open(
                        rehearsed,
                        "{ select: { databases: [ %s, %s ] }, waves: [{ name: all }] }"
                                .formatted(restored, other));
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
        assertThat(restored.applied()).isEqualTo("0001 0002 0003");
    }

    @Test
    void withoutARehearsalAPersonsWordIsNeededAndStaysToBeRead() {
        skein.start();

        assertThat(adopt(plan, "--at", "0002", "--confirm").endedWith(1).out())
                .contains("0 databases adopted")
                .contains(
                        "not adopted at version 0002, unproven: the plan was never rehearsed; look"
                                + " at it, and --unproven takes your word");
        assertThat(restored.hasLedger()).isFalse();

        assertThat(adopt(plan, "--at", "0002", "--unproven", "--confirm").done().out())
                .contains("2 databases adopted");
        assertThat(skein.said("database", other.id()).done().out())
                .contains("version 0002 unproven: the plan was never rehearsed");
        assertThat(adopt(plan, "--at", "0001", "--unproven", "--confirm").endedWith(1).out())
                .contains(
                        "not adopted at version 0001, which it is not at: its ledger says version"
                                + " 0002");
        Rollout rollout = skein.open(plan, "{ waves: [{ name: all }] }");
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
    }

    @Test
    void databaseThatTheLogKnewIsAdoptedAtTheVersionOfItsBackup() {
        restored.execute(EMPTY);
        other.execute(EMPTY);
        Plan rehearsed = rehearsed();
        skein.start();
        skein.open(rehearsed, "{ waves: [{ name: all }] }").awaitCompleted();
        restored.execute("drop schema skein cascade;" + EMPTY + SHELF + DEPTH);

        Rollout lost = skein.open(rehearsed, "{ waves: [{ name: all }] }");
        lost.awaitPhase("paused");
        assertThat(skein.said("database", restored.id()).out()).contains("skein fleet adopt");
        skein.said("rollout", "abort", lost.id(), "--reason", "its ledger is gone").done();

        adopt(rehearsed, "--at", "0002", "--label", "kind=restored", "--confirm").done();
        assertThat(restored.applied()).isEqualTo("0001 0002");
        skein.open(rehearsed, "{ waves: [{ name: all }] }").awaitCompleted();
        assertThat(restored.applied()).isEqualTo("0001 0002 0003");
    }

    @Test
    void versionThatThePlanDoesNotHaveIsRefusedAndSoIsAWordAboutNothing() {
        skein.start();
        assertThat(adopt(plan, "--at", "7").endedWith(2).err())
                .contains("has no migration of version 7; it has 0001, 0002, 0003");
        assertThat(adopt(plan, "--unproven").endedWith(2).err())
                .contains("--unproven: needs --at VERSION");
    }
}
