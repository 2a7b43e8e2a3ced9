package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prisma says of a database after Skein is what it says after itself. */
@NeedsTool(Tool.PRISMA)
class PrismaIT {
    private static final String ALL = "waves: [{ name: all }]";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final PrismaHand files = new PrismaHand(skein.directory());
    private final Tenant bySkein = skein.tenant("skein");
    private final Tenant byPrisma = skein.unannounced("prisma");

    @Test
    void partAndWholeReadAsPrismasOwn() {
        files.baseline(bySkein);
        files.baseline(byPrisma);
        upToThree();
        skein.start();

        skein.open(files.plan(), ALL).awaitCompleted();
        files.deploy(byPrisma).requireDone();
        assertSame();
        upToFive();
        assertThat(files.status(bySkein).exitCode()).isEqualTo(1);
        assertSame();

        skein.open(files.plan(), ALL).awaitCompleted();
        files.deploy(byPrisma).requireDone();
        assertSame();
        assertThat(files.status(bySkein).requireDone().output())
                .contains("Database schema is up to date!");
        assertThat(files.deploy(bySkein).requireDone().output())
                .contains("No pending migrations to apply.");
    }

    @Test
    void whatIsTakenBackIsAppliedAgainByPrismaThoughItsStatusDoesNotSay() {
        Rollout lastTwo = lastTwoOfFive();

        takenBack(lastTwo);

        assertThat(files.status(bySkein).requireDone().output())
                .contains("Database schema is up to date!");
        assertThat(files.deploy(bySkein).requireDone().output())
                .contains("4_index", "5_phone")
                .doesNotContain("1_city");
        files.deploy(byPrisma).requireDone();
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(byPrisma));
        assertThat(live(bySkein)).isEqualTo(live(byPrisma));
        assertThat(files.status(bySkein)).isEqualTo(files.status(byPrisma));
    }

    @Test
    void whatIsTakenBackIsAppliedAgainBySkein() {
        Rollout lastTwo = lastTwoOfFive();
        takenBack(lastTwo);

        skein.open(files.plan(), ALL).awaitCompleted();

        files.deploy(byPrisma).requireDone();
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(byPrisma));
        assertThat(live(bySkein)).isEqualTo(live(byPrisma));
        assertThat(files.deploy(bySkein)).isEqualTo(files.deploy(byPrisma));
    }

    @Test
    void prismaGoesOnWhereSkeinStoppedAndTheOtherWayRound() {
        files.baseline(bySkein);
        files.baseline(byPrisma);
        skein.start();
        files.migration("1_city", "alter table customer add city text;");
        skein.open(files.plan(), ALL).awaitCompleted();
        files.migration("2_age", "alter table customer add age int;");
        assertThat(files.deploy(bySkein).requireDone().output())
                .contains("2_age")
                .doesNotContain("1_city");
        files.migration(
                "3_phone",
                "alter table customer add phone text;",
                "alter table customer drop phone;");
        Rollout last = skein.open(files.plan(), ALL);
        last.awaitCompleted();

        files.deploy(byPrisma).requireDone();

        assertSame();
        assertThat(bySkein.applied()).isEqualTo("1_city 3_phone");
        last.verb("rollback", "{ all: true }");
        last.awaitPhase("rolled-back");
        assertThat(PrismaHand.rows(bySkein).lines())
                .hasSize(4)
                .filteredOn(row -> row.contains("rolled-back"))
                .singleElement()
                .asString()
                .startsWith("3_phone ");
    }

    @Test
    void whatPrismaPutOnTopIsInTheWayBack() {
        files.baseline(bySkein);
        skein.start();
        files.migration(
                "1_city", "alter table customer add city text;", "alter table customer drop city;");
        Rollout rollout = skein.open(files.plan(), ALL);
        rollout.awaitCompleted();
        files.migration("2_age", "alter table customer add age int;");
        files.deploy(bySkein).requireDone();
        String rows = PrismaHand.rows(bySkein);
        String after = PrismaHand.schema(bySkein);

        rollout.verb("rollback", "{ all: true }");
        JsonNode target = rollout.awaitState(bySkein, "irreversible");

        assertThat(target.path("reason").asText())
                .contains("migration 2_age was applied after it by somebody else than Skein");
        assertThat(PrismaHand.rows(bySkein)).isEqualTo(rows);
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(after);
    }

    /** A rollout of two migrations on top of three others; Prisma stays at the three. */
    private Rollout lastTwoOfFive() {
        files.baseline(bySkein);
        files.baseline(byPrisma);
        upToThree();
        skein.start();
        skein.open(files.plan(), ALL).awaitCompleted();
        files.deploy(byPrisma).requireDone();
        upToFive();
        Rollout lastTwo = skein.open(files.plan(), ALL);
        lastTwo.awaitCompleted();
        return lastTwo;
    }

    private void takenBack(Rollout lastTwo) {
        lastTwo.verb("rollback", "{ all: true }");
        lastTwo.awaitPhase("rolled-back");
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(byPrisma));
        assertThat(live(bySkein)).isEqualTo(live(byPrisma));
    }

    /** The rows that count: what was rolled back is past. */
    private static List<String> live(Tenant tenant) {
        return PrismaHand.rows(tenant).lines().filter(row -> !row.contains("rolled-back")).toList();
    }

    private void assertSame() {
        assertThat(files.status(bySkein)).isEqualTo(files.status(byPrisma));
        assertThat(PrismaHand.rows(bySkein)).isEqualTo(PrismaHand.rows(byPrisma));
        assertThat(PrismaHand.schema(bySkein)).isEqualTo(PrismaHand.schema(byPrisma));
    }

    private void upToThree() {
        files.migration("1_city", "alter table customer add city text;\r\n");
        files.migration(
                "2_invoice", "create table invoice (id int primary key);\n-- \u00fcml\u00e4ut");
        files.migration("3_own", "begin;\nalter table invoice add total int;\ncommit;");
    }

    private void upToFive() {
        files.migration(
                "4_index",
                "create index concurrently by_city on customer (city);",
                "drop index concurrently by_city;");
        files.migration(
                "5_phone",
                "alter table customer add phone text; update customer set phone = '1';",
                "alter table customer drop phone;");
    }
}
