package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.command.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a framework left half done is reported, and mended by a person's word alone. */
class RepairIT {
    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void failedRowOfFlywayIsMendedByTheVerbAndByNothingElse() {
        Tenant tenant = skein.tenant("a1");
        Migrations files =
                skein.migrations()
                        .file("V1__city.sql", "alter table customer add city text;")
                        .file(
                                "V2__email.sql",
                                "create unique index concurrently customer_email on customer"
                                        + " (email);")
                        .file("V3__note.sql", "alter table customer add note text;");
        tenant.execute("update customer set email = 'same'");
        FlywayHand hand = new FlywayHand(tenant, files);
        assertThatThrownBy(hand::migrate).hasMessageContaining("V2");
        skein.start();
        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.ALL);
        rollout.awaitPaused("failure-budget");
        assertThat(skein.said("database", tenant.id()).done().out())
                .contains("mend     skein database repair " + tenant.id());
        // The cause is mended by hand, as is what Flyway left behind; a retry mends no books.
        tenant.execute("drop index if exists customer_email");
        tenant.execute("update customer set email = 'own' || id");
        rollout.verb("retry");
        assertThat(rollout.awaitPaused("failure-budget").at("/failures/0/code").asText())
                .isEqualTo("failed-row");

        Said repaired = skein.said("database", "repair", tenant.id()).done();

        assertThat(repaired.out())
                .isEqualTo(
                        "1 database will be ordered once more, its framework's books mended first\n"
                                + tenant.id()
                                + " is applied: every step of the plan is in it, 3/3 steps\n");
        rollout.awaitCompleted();
        assertThat(hand.states()).endsWith("1 Success", "2 Success", "3 Success");
        hand.validate();
    }
}
