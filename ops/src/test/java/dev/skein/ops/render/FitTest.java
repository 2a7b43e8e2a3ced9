package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a person reads fits a terminal of 80 columns, and no line ends within a word. */
class FitTest {
    private static final Columns EIGHTY = Columns.of(80);
    private static final String REASON =
            "step 3/8 of r-20260102-1504-7f3a (V12__add_customer_state.sql): lock not acquired in"
                    + " 2000 ms, held by pid 4711 (nightly_report) for 00:12:31; next attempt in"
                    + " 800 ms";

    private static void fits(String text) {
        assertThat(text.lines()).isNotEmpty().allMatch(line -> line.length() <= 80);
    }

    /** Each word is one of the text in full, or one shortened in its middle. */
    private static void breaksNoWord(String narrow, String wide) {
        Set<String> known = new TreeSet<>(List.of(wide.split("\\s+")));
        known.add("\\");
        String words = narrow.replaceFirst("\\(… shortened.*\n", "");
        assertThat(List.of(words.strip().split("\\s+")))
                .allMatch(word -> known.stream().anyMatch(each -> isOrShortens(word, each)));
    }

    private static boolean isOrShortens(String word, String whole) {
        int middle = word.indexOf('…');
        return word.equals(whole)
                || middle > 0
                        && whole.startsWith(word.substring(0, middle))
                        && whole.endsWith(word.substring(middle + 1));
    }

    @Test
    void listOfRollouts() {
        JsonNode list =
                Samples.of(
                        """
                        items:
                          - id: r-20260102-1504-7f3a
                            plan: { name: billing }
                            phase: awaiting-approval
                            counts: { pending: 4000, applied: 20, failed: 1, unreachable: 2 }
                            openedAt: '2026-01-02T15:04:05Z'
                            openedBy: ann
                        """);
        String text = RolloutText.list(list, EIGHTY);
        fits(text);
        assertThat(text).contains("r-20260102-1504-7f3a");
    }

    @Test
    void statusWithReasonsAndTheCommandThatComesNext() {
        JsonNode rollout =
                Samples.of(
                        """
                        id: r-20260102-1504-7f3a
                        plan: { id: 15bc2072adb3ffff, name: billing-of-the-second-quarter }
                        phase: awaiting-approval
                        detail: '%s'
                        digest: '%s'
                        databases: 5
                        counts: { pending: 3, failed: 1 }
                        waves: [{ name: canary, phase: awaiting-approval, databases: 1, failed: 0,
                          failuresAllowed: 0, counts: { applied: 1, unreachable: 17, failed: 3 } }]
                        failures: [{ database: pg/acme, state: failed, reason: '%s' }]
                        failuresTotal: 1
                        needsPerson: true
                        verbs: [{ verb: approve, digest: '%s' }]
                        databaseList: [{ database: pg-eu-1/tenant_0001, wave: canary, state: failed,
                          stepsDone: 3, stepsTotal: 8, agent: eu-1, reason: '%s' }]
                        """
                                .formatted(REASON, "7".repeat(64), REASON, "7".repeat(64), REASON));
        String text = RolloutText.status(rollout, EIGHTY);
        fits(text);
        breaksNoWord(text, RolloutText.status(rollout));
        assertThat(text).contains("skein rollout approve r-20260102-1504-7f3a");
    }

    @Test
    void databasesOfTheFleet() {
        JsonNode list =
                Samples.of(
                        """
                        items:
                          - database: pg-eu-1/tenant_0001/schema_of_a_long_name_0001
                            version: '20260102150405'
                            state: rollback-failed
                            rollout: r-20260102-1504-7f3a
                            agent: agent-eu-central-1
                            labels: { region: eu-central-1, tier: enterprise, product: billing }
                            reason: '%s'
                        """
                                .formatted(REASON));
        fits(FleetText.databases(list, EIGHTY));
    }

    @Test
    void countsOfTheFleet() {
        JsonNode fleet =
                Samples.of(
                        "{ databases: 9, agents: 1, byVersion: {}, byAgent: {}, byLabel: {},"
                                + " byState: { pending: 1111, ordered: 2222, running: 3333,"
                                + " applied: 4444, rolled-back: 5555, unreachable: 6666 } }");
        String text = EIGHTY.fit(FleetText.fleet(fleet));
        fits(text);
        breaksNoWord(text, FleetText.fleet(fleet));
    }

    @Test
    void agentsWithTheirProblems() {
        JsonNode list =
                Samples.of(
                        """
                        items:
                          - agent: eu-1
                            lastSeen: '2026-01-02T15:04:05Z'
                            reachable: false
                            servers: [{ server: pg-eu-1, databases: 4981, databasesInFlightMax: 4,
                              problem: '%s' }]
                        """
                                .formatted(REASON));
        String text = FleetText.agents(list, EIGHTY);
        fits(text);
        breaksNoWord(text, FleetText.agents(list));
    }

    @Test
    void historyOfADatabase() {
        JsonNode database =
                Samples.of(
                        """
                        database: pg/acme
                        reason: '%s'
                        history:
                          - { at: '2026-01-02T15:04:05Z', rollout: r-20260102-1504-7f3a,
                              type: database-rolled-back, text: '%s' }
                        """
                                .formatted(REASON, REASON));
        String text = DatabaseText.database(database, EIGHTY);
        fits(text);
        breaksNoWord(text, DatabaseText.database(database));
    }

    @Test
    void publishedPlans() {
        JsonNode list =
                Samples.of(
                        """
                        items:
                          - id: 15bc2072adb3ffff
                            name: billing-of-the-second-quarter-with-everything
                            framework: alembic
                            version: '20260102150405'
                            migrations: 812
                            publishedAt: '2026-01-02T15:04:05Z'
                        """);
        fits(PlanText.list(list, EIGHTY));
    }

    @Test
    void planWithItsRehearsal() {
        JsonNode plan =
                Samples.of(
                        """
                        { id: 15bc2072, name: p, framework: sql, migrations: 1, steps: 1,
                          version: '1',
                          content: { migrations: [],
                            rehearsal: { at: '2026-01-02T15:04:05Z', server: '17.11',
                              template: template_of_the_fleet, steps: [] } } }
                        """);
        String text = PlanText.plan(plan, false, EIGHTY);
        fits(text);
        breaksNoWord(text, PlanText.plan(plan, false, Columns.unlimited()));
    }

    @Test
    void commandStaysOneThatCanBeCopied() {
        String line = "  skein rollout approve r-20260102-1504-7f3a --digest " + "7".repeat(64);
        assertThat(EIGHTY.fit(line + "\n"))
                .isEqualTo(
                        "  skein rollout approve r-20260102-1504-7f3a --digest \\\n      "
                                + "7".repeat(64)
                                + "\n");
    }

    @Test
    void wordThatIsWiderThanTheTerminalIsLeftToIt() {
        assertThat(Columns.of(10).fit("  see " + "x".repeat(20) + " now\n"))
                .isEqualTo("  see\n      " + "x".repeat(20) + "\n      now\n");
    }
}
