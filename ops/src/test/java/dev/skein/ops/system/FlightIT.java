package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P4: never more databases in flight than a wave or a server may have. */
class FlightIT {
    private static final String GATE = "middle";

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @Test
    void p4AWaveHasNoMoreOrdersThanItsLimitInFlight() {
        List<Tenant> tenants = tenants(6);
        skein.start("databases-in-flight: 6");
        Rollout rollout = skein.open(plan(), "{ waves: [{ name: all, max-in-flight: 2 }] }");

        letPassOneByOne(tenants, 2, () -> waitersSay(rollout, tenants, "2 of 2 of wave all"));

        rollout.awaitCompleted();
        assertThat(mostAtOnce(tenants, "order-issued")).isEqualTo(2);
    }

    @Test
    void p4AServerHasNoMoreDatabasesAtWorkThanItsLimit() {
        List<Tenant> tenants = tenants(6);
        skein.start("databases-in-flight: 2");
        Rollout rollout = skein.open(plan(), "{ waves: [{ name: all, max-in-flight: 6 }] }");

        letPassOneByOne(
                tenants, 2, () -> waitersSay(rollout, tenants, "waits for a place on server pg"));

        rollout.awaitCompleted();
        assertThat(mostAtOnce(tenants, "order-issued")).isEqualTo(6);
        // An end bears the time at which its last step was drafted, so these may not even overlap;
        // that two were at work at once was seen at the gate.
        assertThat(mostAtOnce(tenants, "order-accepted")).isLessThanOrEqualTo(2);
    }

    /** Opens one gate after the other; at each moment no more than the limit are there. */
    private static void letPassOneByOne(List<Tenant> tenants, int limit, Runnable inBetween) {
        List<Tenant> closed = new ArrayList<>(tenants);
        while (!closed.isEmpty()) {
            int expected = Math.min(limit, closed.size());
            List<Tenant> there =
                    Until.reached(
                            expected + " at the gate",
                            () -> closed.stream().filter(each -> each.isAtGate(GATE)).toList(),
                            at -> at.size() >= expected);
            assertThat(there).hasSize(expected);
            if (closed.size() > limit) {
                inBetween.run();
            }
            there.get(0).openGate(GATE);
            closed.remove(there.get(0));
        }
    }

    private static void waitersSay(Rollout rollout, List<Tenant> tenants, String reason) {
        Until.reached(
                "those that wait say: " + reason,
                () -> tenants.stream().map(rollout::reason).toList(),
                reasons -> reasons.stream().anyMatch(each -> each.contains(reason)));
    }

    /**
     * How many databases were between that record and their end at one time, by the records' own
     * times: who waits for a place gets it after the end that makes room was written.
     */
    private int mostAtOnce(List<Tenant> tenants, String from) {
        record Moment(Instant at, int change) {}
        List<Moment> moments = new ArrayList<>();
        for (Tenant tenant : tenants) {
            for (JsonNode each : skein.history(tenant)) {
                String type = each.path("type").asText();
                int change = type.equals(from) ? 1 : type.equals("database-applied") ? -1 : 0;
                moments.add(new Moment(Instant.parse(each.path("at").asText()), change));
            }
        }
        moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::change));
        int now = 0;
        int most = 0;
        for (Moment moment : moments) {
            now += moment.change();
            most = Math.max(most, now);
        }
        assertThat(now).isZero();
        return most;
    }

    private List<Tenant> tenants(int count) {
        return Stream.iterate(1, n -> n + 1).limit(count).map(n -> skein.tenant("a" + n)).toList();
    }

    private Plan plan() {
        return skein.migrations()
                .sql("0001_phone", "alter table customer add phone text;", "")
                .sql("0002_gate", "select pass_gate('" + GATE + "');", "")
                .plan();
    }
}
