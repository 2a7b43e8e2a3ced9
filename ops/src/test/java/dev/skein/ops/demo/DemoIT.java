package dev.skein.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.command.Said;
import org.junit.jupiter.api.Test;

class DemoIT {
    @Test
    void demoTellsItsStoryAndEndsWithASummary() {
        Said said = Said.by("demo", "--exit", "--databases", "8", "--port", "0").done();
        assertThat(said.out())
                .contains("8 migrations, one of them 'create index concurrently'")
                .contains("wave early: 1 of 6 databases failed, 0 allowed")
                .contains("pg-demo/tenant_05  failed: step 4/8")
                .contains("could not create unique index \"customer_email_key\"")
                .contains("completed: 8 applied, 0 failed, 0 rolled back")
                .contains("8 databases: applied 2, rolled-back 6")
                .endsWith(
                        "8 databases were migrated, one after a retry; 6 were taken back to where"
                                + " the rollout had found them.\n");
        assertThat(said.err()).isEmpty();
    }
}
