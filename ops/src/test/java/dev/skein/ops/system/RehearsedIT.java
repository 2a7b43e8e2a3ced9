package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A strategy that demands a rehearsal. */
class RehearsedIT {
    private static final String DEMANDING = "{ waves: [{ name: all }], require-rehearsal: true }";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void planThatWasNeverTriedOutIsRefusedAndTheRehearsedOneGoesOut() {
        Tenant tenant = skein.tenant("a1");
        Plan plan =
                skein.migrations()
                        .sql(
                                "0001_phone",
                                "alter table customer add phone text;",
                                "alter table customer drop phone;")
                        .plan();
        skein.start();

        assertThatThrownBy(() -> skein.open(plan, DEMANDING))
                .hasMessageContaining("was never rehearsed; run 'skein plan rehearse FILE'")
                .hasMessageContaining("[rehearsal-required]");
        assertThat(tenant.hasLedger()).isFalse();

        String print = "0".repeat(64);
        RehearsedStep step =
                new RehearsedStep(
                        plan.migrations().get(0).key(),
                        true,
                        0,
                        Duration.ofMillis(2),
                        print,
                        print,
                        List.of(),
                        List.of());
        Rehearsal rehearsal =
                new Rehearsal(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        "15.4",
                        Optional.empty(),
                        List.of(step));
        Rollout rollout = skein.open(plan.rehearsed(rehearsal), DEMANDING);
        assertThat(Rollout.counts(rollout.awaitCompleted())).isEqualTo(Map.of("applied", 1));
    }
}
