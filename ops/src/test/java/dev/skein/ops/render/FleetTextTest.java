package dev.skein.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetTextTest {
    @Test
    void fleetIsCountedEachWay() {
        String fleet =
                """
                databases: 24
                agents: 1
                byVersion: { '8': 20, none: 4 }
                byState: {}
                byAgent: { eu-1: 24 }
                byLabel: { 'tier=free': 18 }
                activeRollouts: [r-1]
                """;
        assertThat(FleetText.fleet(Samples.of(fleet)))
                .isEqualTo(
                        """
                        24 databases, 1 agent
                        by version: 8 20, none 4
                        by state: none
                        by agent: eu-1 24
                        by label: tier=free 18
                        open rollout r-1
                        """);
    }

    @Test
    void databasesThatAreGoneAreToldApart() {
        assertThat(FleetText.fleet(Samples.of("{ databases: 4, agents: 1, gone: 16 }")))
                .startsWith("4 databases, 1 agent; 16 more that no agent announces any more\n");
        String list =
                "items: [{ database: pg/a, labels: {}, state: applied, reason: done, gone: true }]";
        assertThat(FleetText.databases(Samples.of(list)))
                .contains("gone: no agent announces it any more; at last: done");
    }

    @Test
    void clockThatIsOffIsToldBelowTheAgents() {
        assertThat(FleetText.agents(Samples.of("{ items: [], clockAhead: PT24H0.25S }")))
                .endsWith(
                        "the orchestrator's clock is 1d ahead of the brokers'; silence, soaks and"
                                + " deadlines go by the brokers' clock, see to NTP\n");
        assertThat(FleetText.agents(Samples.of("{ items: [], clockAhead: PT-90.5S }")))
                .contains("the orchestrator's clock is 1m30s behind the brokers'");
    }

    @Test
    void databasesAreALineEach() {
        String list =
                """
                items:
                  - { database: pg/acme, agent: eu-1, labels: { tier: free },
                      version: '8', rollout: r-1, state: applied, reason: all is in it }
                  - { database: pg/zebra, agent: eu-1, labels: {} }
                """;
        assertThat(FleetText.databases(Samples.of(list)))
                .isEqualTo(
                        """
                        DATABASE  VERSION  STATE    ROLLOUT  AGENT  LABELS     WHY
                        pg/acme   8        applied  r-1      eu-1   tier=free  all is in it
                        pg/zebra  -        -        -        eu-1   -          -
                        """);
    }

    @Test
    void agentsNoteSaysWhatIsWrong() {
        String list =
                """
                items:
                  - { agent: a, reachable: true, contested: [pg/acme],
                      servers: [{ server: pg, databases: 12, databasesInFlightMax: 4 }] }
                  - { agent: b, reachable: false, contested: [],
                      servers: [{ server: p2, databases: 3, databasesInFlightMax: 4,
                                  problem: refused }] }
                """;
        assertThat(FleetText.agents(Samples.of(list)))
                .isEqualTo(
                        """
                        AGENT  SERVER  DATABASES  LIMIT  LAST SEEN  NOTE
                        a      pg      12         4      -          %s
                        b      p2      3          4      -          unreachable; refused
                        """
                                .formatted("1 database announced by another agent too"));
    }

    @Test
    void databaseTellsItsStory() {
        String database =
                """
                database: pg/acme
                version: '8'
                agent: eu-1
                labels: { tier: free }
                rollout: r-1
                state: applied
                reason: all is in it
                history:
                  - { rollout: r-1, type: order-issued, text: ordered to apply }
                """;
        assertThat(DatabaseText.database(Samples.of(database)))
                .isEqualTo(
                        """
                        pg/acme
                          version  8
                          agent    eu-1
                          labels   tier=free
                          rollout  r-1
                          state    applied
                          why      all is in it

                        TIME  ROLLOUT  EVENT         WHAT
                        -     r-1      order-issued  ordered to apply
                        """);
    }
}
