package dev.skein.ops.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Looks at every database from outside and holds what is there against what everybody says of it:
 * the trace that migrations left, the ledger, the version table, the catalogue, and the API.
 */
final class FlockAudit {
    private static final Duration AGREED_MAX = Duration.ofSeconds(120);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final String TRACE =
            "select migration || ' ' || direction from trace order by id";
    private static final String DONE =
            "select regexp_replace(migration, '\\D.*$', '')::int || ' ' || direction"
                    + " from skein.ledger where kind = 'done' and completes order by sequence";
    private static final String SEQUENCES = "select sequence from skein.ledger order by sequence";
    private static final String HISTORY =
            "select version || case when type = 'DELETE' then ' down' else ' up' end"
                    + " from flyway_schema_history where success and version is not null"
                    + " order by installed_rank";
    private static final String EXISTS = "select to_regclass('%s') is not null";

    private final Flock flock;
    private final FlockReference reference;
    private final FlockOperator operator;

    FlockAudit(Flock flock, FlockReference reference, FlockOperator operator) {
        this.flock = flock;
        this.reference = reference;
        this.operator = operator;
    }

    /**
     * All databases, again and again until everybody agrees: a report of a database that was left
     * alone may come after its rollout's end.
     *
     * @return what is wrong in the end, one line each, and none where nothing is
     */
    List<String> run() {
        long end = System.nanoTime() + AGREED_MAX.toNanos();
        List<String> wrong = once();
        while (!wrong.isEmpty() && System.nanoTime() < end) {
            Waiting.pass(AGAIN);
            wrong = once();
        }
        return wrong;
    }

    private List<String> once() {
        List<String> wrong = new ArrayList<>();
        Map<String, JsonNode> shown = shown();
        Map<String, Integer> byVersion = new TreeMap<>();
        for (Flock.Tenant tenant : flock.tenants()) {
            try {
                int version = version(tenant);
                byVersion.merge(version == 0 ? "none" : name(tenant, version), 1, Integer::sum);
                inside(tenant, version);
                assertThat(shown(shown, tenant).path("version").asText("none"))
                        .as("the API's version")
                        .isEqualTo(version == 0 ? "none" : name(tenant, version));
            } catch (AssertionError difference) {
                wrong.add(tenant.id() + ": " + difference.getMessage());
            }
        }
        JsonNode counts = operator.get("/fleet").path("byVersion");
        Map<String, Integer> counted = new TreeMap<>();
        counts.properties().forEach(e -> counted.put(e.getKey(), e.getValue().asInt()));
        if (!counted.equals(byVersion)) {
            wrong.add("/fleet says " + counted + ", the databases say " + byVersion);
        }
        return wrong;
    }

    private static JsonNode shown(Map<String, JsonNode> shown, Flock.Tenant tenant) {
        assertThat(shown).as("databases that the API shows").containsKey(tenant.id());
        return shown.get(tenant.id());
    }

    private static String name(Flock.Tenant tenant, int version) {
        return tenant.kind() == FlockKind.SQL
                ? "%04d".formatted(version)
                : Integer.toString(version);
    }

    private Map<String, JsonNode> shown() {
        Map<String, JsonNode> shown = new HashMap<>();
        operator.get("/databases?limit=1000")
                .path("items")
                .forEach(item -> shown.put(item.path("database").asText(), item));
        return shown;
    }

    /** By the ledger: the migrations that are up, which have to be the first so many. */
    private int version(Flock.Tenant tenant) {
        if (!exists(tenant, "skein.ledger")) {
            return 0;
        }
        List<Integer> up = up("ledger", strings(tenant, DONE));
        assertThat(up)
                .as("migrations up, by the ledger")
                .isEqualTo(IntStream.rangeClosed(1, up.size()).boxed().toList());
        return up.size();
    }

    private boolean exists(Flock.Tenant tenant, String table) {
        return strings(tenant, EXISTS.formatted(table)).get(0).equals("t");
    }

    /** Which are up after these lines; each has to go up and down by turns. */
    private static List<Integer> up(String where, List<String> lines) {
        TreeMap<Integer, String> last = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ");
            String before = last.put(Integer.valueOf(parts[0]), parts[1]);
            assertThat(parts[1])
                    .as("what %s says of migration %s after %s: %s", where, parts[0], before, lines)
                    .isEqualTo("up".equals(before) ? "down" : "up");
        }
        last.values().removeIf("down"::equals);
        return List.copyOf(last.keySet());
    }

    private void inside(Flock.Tenant tenant, int version) {
        assertThat(up("trace", strings(tenant, TRACE)))
                .as("migrations up, by their trace")
                .isEqualTo(FlockMigrations.traced(version));
        assertThat(reference.look(tenant.database()))
                .as("tables, indexes and counted visits at version %d", version)
                .isEqualTo(reference.at(version));
        if (tenant.kind() == FlockKind.FLYWAY && exists(tenant, "flyway_schema_history")) {
            assertThat(up("the version table", strings(tenant, HISTORY)))
                    .as("migrations up, by the version table")
                    .isEqualTo(IntStream.rangeClosed(1, version).boxed().toList());
        }
        if (exists(tenant, "skein.ledger")) {
            List<String> sequences = strings(tenant, SEQUENCES);
            assertThat(sequences)
                    .as("the ledger's sequence")
                    .isEqualTo(
                            LongStream.rangeClosed(1, sequences.size())
                                    .mapToObj(Long::toString)
                                    .toList());
        }
    }

    private List<String> strings(Flock.Tenant tenant, String query) {
        return reference.strings(tenant.database(), query);
    }
}
