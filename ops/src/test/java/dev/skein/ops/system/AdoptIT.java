package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.command.Said;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fleet that Flyway has managed so far, with what happens to fleets, is taken over. */
class AdoptIT {
    private static final String BOOKS =
            "select coalesce(string_agg(h::text, e'\\n' order by installed_rank), '') from"
                    + " flyway_schema_history h";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final Migrations files = upToFive();
    private final Tenant first = skein.tenant("a1", "kind: plain");
    private final Tenant second = skein.tenant("a2", "kind: plain");
    private final Tenant edited = skein.tenant("edited");
    private final Tenant ahead = skein.tenant("ahead");
    private final Tenant broken = skein.tenant("broken");
    private final Tenant empty = skein.tenant("empty");

    @Test
    void databasesAreGroupedAndNothingIsWrittenBeforeItIsConfirmed() {
        String recorded = managedByFlyway();
        Plan plan = files.flywayPlan();
        String planned = plan.migrations().get(1).checksum().orElseThrow();
        skein.start();
        Map<String, String> before = SkeinSystem.each(managed(), AdoptIT::everything);

        Said said = adopt(plan).done();

        assertThat(said.out())
                .isEqualTo(
                        """
                        plan %s (shop), up to version 5: 6 databases read

                        version 3: 2 databases
                          missing 2: 4 to 5
                          %s, %s
                        no version: 1 database
                          missing 5: 1 to 5
                          %s
                        version 3: 1 database
                          missing 2: 4 to 5
                          failed or not finished: 4
                          %s
                        version 3: 1 database with another checksum
                          migration 2 has checksum %s, the plan %s
                          missing 2: 4 to 5
                          %s
                        version 3: 1 database
                          missing 2: 4 to 5
                          applied and not in the plan: 2.5
                          %s

                        nothing was written; --confirm adopts those that agree with the plan
                        """
                                .formatted(
                                        PlanCodec.idOf(plan).abbreviated(),
                                        first,
                                        second,
                                        empty,
                                        broken,
                                        recorded,
                                        planned,
                                        edited,
                                        ahead));
        assertThat(SkeinSystem.each(managed(), AdoptIT::everything)).isEqualTo(before);
        assertThat(empty.text("select to_regclass('flyway_schema_history') is null"))
                .isEqualTo("t");
        assertThat(all()).noneMatch(AdoptIT::hasSchemaOfSkein);
        // What was read is told, though nothing was written.
        assertThat(skein.said("fleet").done().out()).contains("by version: 3 5, none 1");
    }

    @Test
    void confirmedDatabasesBelongToTheFleetAndRolloutsGoOnFromThere() {
        managedByFlyway();
        Plan plan = files.flywayPlan();
        skein.start();
        String books = first.text(BOOKS);

        Said said = adopt(plan, "--confirm").endedWith(1);

        assertThat(said.out())
                .contains("3 databases adopted\n\n3 databases not adopted\n")
                .contains(edited + "  failed: not adopted: migration 2 was applied with checksum")
                .contains(
                        ahead
                                + "  failed: not adopted: migration 2.5 is applied and the plan"
                                + " does not know it; mend the database or the plan, then adopt"
                                + " again")
                .contains(
                        broken
                                + "  failed: not adopted: the version table says that migration 4"
                                + " failed or is not finished");
        assertThat(Stream.of(edited, ahead, broken)).noneMatch(AdoptIT::hasSchemaOfSkein);
        assertThat(first.text(BOOKS)).isEqualTo(books);
        assertThat(first.text("select string_agg(kind, ' ' order by position) from skein.ledger"))
                .isEqualTo("accepted ended");
        assertThat(skein.said("fleet").done().out()).contains("by version: 3 5, none 1");
        assertThat(skein.said("fleet", "--db-version", "3").done().out())
                .contains(first.id(), second.id(), "adopted");
        // A second time it is the same, and what is adopted stays so.
        adopt(plan, "--confirm", "--select", "kind=plain").done();

        Rollout rollout =
                skein.open(plan, "{ select: { labels: { kind: plain } }, waves: [{ name: all }] }");
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 2));
        assertThat(new FlywayHand(first, files).states())
                .endsWith("1 Success", "2 Success", "3 Success", "4 Success", "5 Success");
        assertThat(first.applied()).isEqualTo("4 5");
    }

    @Test
    void databaseThatCannotBeReadIsNamedWithItsReason() {
        new FlywayHand(first, files).migrateTo("3");
        skein.start();
        first.execute("drop table flyway_schema_history");
        first.execute("create view flyway_schema_history as select 1 as version");

        Said said = adopt(files.flywayPlan(), "--select", "kind=plain").endedWith(1);

        assertThat(said.out())
                .contains("up to version 5: 1 database read")
                .contains("1 database could not be read\n  " + first + "  failed: column")
                .contains("no version: 1 database\n  missing 5: 1 to 5\n  " + second);
    }

    /** Answers with the checksum that one of them has where the plan has another. */
    private String managedByFlyway() {
        Stream.of(first, second).forEach(each -> new FlywayHand(each, files).migrateTo("3"));
        new FlywayHand(edited, upToFive().file("V2__age.sql", "alter table customer add age int8;"))
                .migrateTo("3");
        new FlywayHand(ahead, upToFive().file("V2_5__tmp.sql", "create table tmp (id int);"))
                .migrateTo("3");
        broken.execute("update customer set email = 'same'");
        assertThatThrownBy(new FlywayHand(broken, files)::migrate).hasMessageContaining("V4");
        return edited.text("select checksum from flyway_schema_history where version = '2'");
    }

    private Migrations upToFive() {
        return skein.migrations()
                .file("V1__city.sql", "alter table customer add city text;")
                .file("V2__age.sql", "alter table customer add age int;")
                .file("V3__phone.sql", "alter table customer add phone text;")
                .file(
                        "V4__email.sql",
                        "create unique index concurrently customer_email on customer (email);")
                .file("V5__note.sql", "alter table customer add note text;");
    }

    private List<Tenant> managed() {
        return List.of(first, second, edited, ahead, broken);
    }

    private List<Tenant> all() {
        return List.of(first, second, edited, ahead, broken, empty);
    }

    private static String everything(Tenant tenant) {
        return tenant.schema() + tenant.text(BOOKS);
    }

    private static boolean hasSchemaOfSkein(Tenant tenant) {
        return tenant.text("select to_regnamespace('skein') is not null").equals("t");
    }

    private Said adopt(Plan plan, String... options) {
        try {
            Path file = skein.directory().resolve("shop.json");
            Files.write(file, PlanCodec.write(plan));
            return skein.said(
                    Stream.concat(
                                    Stream.of("fleet", "adopt", "--plan", file.toString()),
                                    Stream.of(options))
                            .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the test's plan cannot be written", e);
        }
    }
}
