package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.command.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A script is cut off where nothing tells whether it took effect, and a person says so. */
class UndecidedIT {
    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    private final Tenant tenant = skein.tenant("a1");
    private final Migrations files =
            skein.migrations()
                    .file(
                            "V1__emails.sql",
                            "begin; update customer set email = email || '+'; commit;\n"
                                    + "begin; select pass_gate('g');"
                                    + " update customer set email = email || '!'; commit;")
                    .file("V2__note.sql", "alter table customer add note text;");

    @Test
    void personWhoFinishedItByHandHasItRecorded() {
        Rollout rollout = cutOffBetweenItsTransactions();
        tenant.openGate("g");
        tenant.execute("update customer set email = email || '!'");

        assertMended(rollout, "--step-done", "done");
        assertThat(history()).contains("declared-done");
    }

    @Test
    void personWhoTookItBackHasItRunAgain() {
        Rollout rollout = cutOffBetweenItsTransactions();
        tenant.openGate("g");
        tenant.execute("update customer set email = rtrim(email, '+')");

        assertMended(rollout, "--step-not-done", "not done");
    }

    private void assertMended(Rollout rollout, String option, String taken) {
        Said repaired = skein.said("database", "repair", tenant.id(), option).done();

        assertThat(repaired.out())
                .isEqualTo(
                        "1 database will be ordered once more, its interrupted step taken as "
                                + taken
                                + "\n"
                                + tenant.id()
                                + " is applied: every step of the plan is in it, 2/2 steps\n");
        rollout.awaitCompleted();
        assertThat(email()).isEqualTo("customer1@example.com+!");
        assertThat(new FlywayHand(tenant, files).states()).endsWith("1 Success", "2 Success");
    }

    /** Books do not decide what a step did, so mending them would change nothing. */
    @Test
    void booksDoNotDecideIt() {
        cutOffBetweenItsTransactions();
        tenant.openGate("g");

        Said repaired = skein.said("database", "repair", tenant.id());

        assertThat(repaired.err())
                .contains("it failed with undecided, which has nothing to do with the framework's");
        assertThat(email()).isEqualTo("customer1@example.com+");
    }

    private Rollout cutOffBetweenItsTransactions() {
        skein.start();
        Rollout rollout = skein.open(files.flywayPlan(), RolloutStrategies.ALL);
        tenant.awaitAtGate("g");
        TestServers.postgres()
                .execute(
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                                + tenant.database()
                                + "' and application_name like 'skein/r%'");
        rollout.awaitState(tenant, "failed");
        assertThat(skein.said("database", tenant.id()).done().out())
                .contains(
                        "mend     skein database repair "
                                + tenant.id()
                                + " --step-done, if it took effect; --step-not-done, if it left"
                                + " nothing behind");
        return rollout;
    }

    private String email() {
        return tenant.text("select email from customer where id = 1");
    }

    private String history() {
        return skein.history(tenant).toString();
    }
}
