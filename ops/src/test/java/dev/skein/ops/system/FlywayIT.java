package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** Flyway agrees with Skein, also about a fleet at different versions and about failures. */
class FlywayIT extends FrameworkAgreementContract {
    private static final List<String> VERSIONS = List.of("1", "2", "3", "4", "5", "6.0");

    private final Migrations six = upToSix(skein.migrations());

    /** Without a history, Flyway takes a database with tables over by a baseline of its own. */
    @Override
    int prepared() {
        return 1;
    }

    @Override
    void prepare(Tenant tenant) {
        hand(tenant, six).migrateTo("1");
    }

    @Override
    Plan plan(int count) {
        Plan plan = six.flywayPlan();
        return plan.withMigrations(plan.migrations().subList(0, count));
    }

    @Override
    String apply(Tenant tenant, int count) {
        return String.valueOf(hand(tenant, six).migrateTo(VERSIONS.get(count - 1)));
    }

    @Override
    void assertSaysApplied(String said, int from, int to) {
        assertThat(said).isEqualTo(String.valueOf(to - from));
    }

    @Override
    void assertSame(Tenant bySkein, Tenant twin) {
        assertThat(hand(bySkein, six).info()).isEqualTo(hand(twin, six).info());
        assertThat(bySkein.schema()).isEqualTo(twin.schema());
    }

    @Override
    void assertSameAfterWayBack(Tenant bySkein, Tenant twin) {
        assertThat(hand(bySkein, six).states()).containsAll(hand(twin, six).states());
        assertThat(bySkein.schema()).isEqualTo(twin.schema());
    }

    @Override
    void assertUpToDate(Tenant tenant) {
        assertThat(hand(tenant, six).states()).contains("5 Success", "6.0 Success");
        assertThatCode(hand(tenant, six)::validate).doesNotThrowAnyException();
        assertThat(hand(tenant, six).migrate()).isZero();
    }

    @Override
    void assertTakenBack(Tenant tenant) {
        assertThat(hand(tenant, six).states())
                .contains("4 Success", "5 Pending", "6.0 Pending")
                .doesNotContain("5 Success", "6.0 Success");
        assertThatCode(hand(tenant, six)::validateButForPending).doesNotThrowAnyException();
        assertThatThrownBy(hand(tenant, six)::validate)
                .hasMessageContaining("not applied to database: 5");
    }

    @Override
    String applied(Tenant tenant) {
        return hand(tenant, six).states().stream()
                .filter(state -> state.endsWith(" Success"))
                .collect(Collectors.joining(", "));
    }

    @Override
    String endOfFirst() {
        return "3 Success, 4 Success";
    }

    @Override
    String endOfAll() {
        return "4 Success, 5 Success, 6.0 Success";
    }

    /** Flyway's own undo is not free: the twin is the database that never had them. */
    @Override
    Tenant takenBack(Tenant ahead, Tenant behind) {
        return behind;
    }

    @Test
    void p6AFleetAtDifferentVersionsIsTakenOver() {
        Migrations files = upToSix(skein.migrations());
        files.file("R__names.sql", "create or replace view names as select id from customer;");
        Map<String, Tenant> bySkein = new TreeMap<>();
        Map<String, Tenant> byFlyway = new TreeMap<>();
        for (String version : List.of("2", "5")) {
            bySkein.put(version, skein.tenant("skein" + version));
            byFlyway.put(version, skein.unannounced("flyway" + version));
            hand(bySkein.get(version), files).migrateTo(version);
            hand(byFlyway.get(version), files).migrateTo(version);
            hand(byFlyway.get(version), files).migrate();
        }
        Tenant empty = skein.tenant("empty");
        skein.start();

        skein.open(files.flywayPlan(), RolloutStrategies.ALL).awaitCompleted();

        for (String version : bySkein.keySet()) {
            Tenant tenant = bySkein.get(version);
            Tenant twin = byFlyway.get(version);
            assertThat(hand(tenant, files).info()).isEqualTo(hand(twin, files).info());
            assertThat(tenant.schema()).isEqualTo(twin.schema());
        }
        assertThat(hand(empty, files).states())
                .containsExactly(
                        "1 Success",
                        "2 Success",
                        "3 Success",
                        "4 Success",
                        "5 Success",
                        "6.0 Success",
                        "R Success");
        assertThat(empty.schema()).isEqualTo(byFlyway.get("2").schema());
        for (Tenant tenant : List.of(bySkein.get("2"), bySkein.get("5"), empty)) {
            assertThatCode(hand(tenant, files)::validate).doesNotThrowAnyException();
            assertThat(hand(tenant, files).migrate()).isZero();
        }
        assertThat(bySkein.get("2").applied()).isEqualTo("3 4 5 6.0");
        assertThat(bySkein.get("5").applied()).isEqualTo("6.0");
    }

    /** Whoever ran the earlier text, the view and its row are as the older files have them. */
    @Test
    void p6RepeatableMigrationsThatWereRestoredAreItsOwn() {
        Migrations before = upToSix(skein.migrations());
        before.without("V6_0__phone.sql").without("U6_0__phone.sql");
        before.file("R__names.sql", view("id"));
        Migrations after = upToSix(skein.migrations());
        after.file("R__names.sql", view("id, phone"));
        Tenant bySkein = skein.tenant("skein");
        Tenant byHand = skein.tenant("hand");
        hand(byHand, before).migrate();
        skein.start();
        skein.open(before.flywayPlan(), RolloutStrategies.ALL).awaitCompleted();
        String schema = bySkein.schema();
        List<Tenant> fleet = List.of(bySkein, byHand);

        Rollout rollout = skein.open(after.flywayPlan(), RolloutStrategies.ALL);
        rollout.awaitCompleted();
        takeBack(rollout);

        for (Tenant each : fleet) {
            assertThat(each.schema()).isEqualTo(schema);
            assertThatCode(hand(each, before)::validate).doesNotThrowAnyException();
            assertThat(hand(each, before).migrate()).isZero();
            assertThat(hand(each, after).migrate()).isEqualTo(2);
            assertThatCode(hand(each, after)::validate).doesNotThrowAnyException();
        }
        assertThat(bySkein.schema()).isEqualTo(byHand.schema());
    }

    private static String view(String columns) {
        return "drop view if exists names; create view names as select "
                + columns
                + " from customer;";
    }

    @Test
    void p6AfterAFailureFlywaySaysWhatItSaysOfItsOwn() {
        Migrations files = upToSix(skein.migrations());
        files.without("V4__age.sql")
                .without("U4__age.sql")
                .file("V4__unique_email.sql", "create unique index u on customer (email);");
        Tenant byFlyway = skein.tenant("reference");
        Tenant bySkein = skein.tenant("skein");
        for (Tenant tenant : List.of(byFlyway, bySkein)) {
            tenant.execute("update customer set email = 'same'");
            hand(tenant, files).migrateTo("1");
        }
        skein.start();
        assertThatThrownBy(hand(byFlyway, files)::migrate).isInstanceOf(FlywayException.class);

        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.only(bySkein));
        rollout.awaitPaused("failure-budget");

        assertThat(hand(bySkein, files).info()).isEqualTo(hand(byFlyway, files).info());
        assertThat(bySkein.schema()).isEqualTo(byFlyway.schema());
        bySkein.execute("update customer set email = email || id");
        rollout.verb("retry");
        rollout.awaitCompleted();
        assertThatCode(hand(bySkein, files)::validate).doesNotThrowAnyException();
    }

    @Test
    void p6AFailureOutsideATransactionLeavesTheRowThatFlywayLeaves() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "alter table customer add city text;");
        files.file("V2__unique.sql", "create unique index concurrently u on customer (email);");
        Tenant byFlyway = skein.tenant("reference");
        Tenant bySkein = skein.tenant("skein");
        for (Tenant tenant : List.of(byFlyway, bySkein)) {
            tenant.execute("update customer set email = 'same'");
            hand(tenant, files).migrateTo("1");
        }
        skein.start();
        assertThatThrownBy(hand(byFlyway, files)::migrate).isInstanceOf(FlywayException.class);

        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.only(bySkein));
        rollout.awaitPaused("failure-budget");

        assertThat(hand(bySkein, files).info()).isEqualTo(hand(byFlyway, files).info());
        assertThat(hand(bySkein, files).states()).contains("2 Failed");
        assertThatThrownBy(hand(bySkein, files)::validate)
                .hasMessageContaining("failed migration to version 2");
        bySkein.execute("update customer set email = email || id");
        rollout.verb("retry");
        rollout.awaitCompleted();
        assertThat(hand(bySkein, files).states()).contains("2 Success").doesNotContain("2 Failed");
        assertThatCode(hand(bySkein, files)::validate).doesNotThrowAnyException();
    }

    @Test
    void p6AFailureOfSomebodyElseIsLeftToThem() {
        Migrations files = skein.migrations();
        files.file("V1__unique.sql", "create unique index concurrently u on customer (email);");
        files.file("V2__city.sql", "alter table customer add city text;");
        Tenant tenant = skein.tenant("a1");
        tenant.execute("update customer set email = 'same'");
        assertThatThrownBy(hand(tenant, files)::migrate).isInstanceOf(FlywayException.class);
        skein.start();
        String before = tenant.schema();

        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.ALL);
        JsonNode failed = rollout.awaitState(tenant, "failed");

        assertThat(failed.at("/failure/code").asText()).isEqualTo("failed-row");
        assertThat(failed.path("reason").asText())
                .contains("migration 1 failed", "skein database repair");
        assertThat(tenant.schema()).isEqualTo(before);
        tenant.execute("drop index u; update customer set email = email || id");
        hand(tenant, files).repair();
        rollout.verb("retry");
        rollout.awaitCompleted();
        assertThatCode(hand(tenant, files)::validate).doesNotThrowAnyException();
    }

    @Test
    void p6FlywayGoesOnInAHistoryThatSkeinBegan() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "alter table customer add city text;");
        Tenant tenant = skein.tenant("a1");
        skein.start();
        skein.open(files.flywayPlan(), RolloutStrategies.ALL).awaitCompleted();

        files.file("V2__age.sql", "alter table customer add age int;");
        assertThat(hand(tenant, files).migrate()).isEqualTo(1);
        files.file("V3__phone.sql", "alter table customer add phone text;");
        skein.open(files.flywayPlan(), RolloutStrategies.ALL).awaitCompleted();
        files.file("V4__note.sql", "alter table customer add note text;");
        assertThat(hand(tenant, files).migrate()).isEqualTo(1);

        assertThat(hand(tenant, files).states())
                .containsExactly("1 Success", "2 Success", "3 Success", "4 Success");
        assertThatCode(hand(tenant, files)::validate).doesNotThrowAnyException();
        assertThat(tenant.applied()).isEqualTo("1 3");
    }

    @Test
    void p6AnAppliedMigrationThatWasEditedIsRefusedWithBothChecksums() {
        Migrations files = skein.migrations();
        files.file("V1__city.sql", "alter table customer add city text;");
        files.file("V2__age.sql", "alter table customer add age int;");
        Tenant tenant = skein.tenant("a1");
        hand(tenant, files).migrateTo("1");
        String recorded =
                tenant.text("select checksum from flyway_schema_history where version = '1'");
        files.file("V1__city.sql", "alter table customer add city varchar;");
        skein.start();

        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.ALL);
        JsonNode failed = rollout.awaitState(tenant, "failed");

        String planned = files.flywayPlan().migrations().get(0).checksum().orElseThrow();
        assertThat(failed.at("/failure/code").asText()).isEqualTo("checksum-mismatch");
        assertThat(failed.path("reason").asText())
                .contains("migration 1 was applied with checksum " + recorded, planned);
        assertThat(tenant.applied()).isEmpty();
        assertThatThrownBy(hand(tenant, files)::validate).hasMessageContaining(recorded, planned);
    }

    private static FlywayHand hand(Tenant tenant, Migrations files) {
        return new FlywayHand(tenant, files);
    }

    private static Migrations upToSix(Migrations files) {
        files.file("V1__city.sql", "alter table customer add city text;\r\n");
        files.file("V2__invoice.sql", "create table invoice (id int primary key);\n");
        files.file("V3__more_of_it.sql", "\uFEFFalter table invoice add total int; -- ümläut\n");
        files.file("V4__age.sql", "alter table customer add age int;");
        files.file("U4__age.sql", "alter table customer drop age;");
        files.file("V5__index.sql", "create index concurrently by_city on customer (city);");
        files.file("U5__index.sql", "drop index concurrently by_city;");
        files.file("V6_0__phone.sql", "alter table customer add phone text;");
        files.file("U6_0__phone.sql", "alter table customer drop phone;");
        return files;
    }
}
