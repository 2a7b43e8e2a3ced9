package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import dev.skein.protocol.id.AgentId;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetIT {
    private final HttpFixture api = new HttpFixture();

    @AfterEach
    void close() {
        api.close();
    }

    private void openAndApplyOne() {
        String plan = api.publish("select 1");
        api.open(plan, "{\"name\":\"one\",\"databases\":[\"pg-1/db-0001\"]}");
        api.fleet.advance("r-1");
        api.sample.accepted(SampleFleet.database(1));
        api.sample.applied(SampleFleet.database(1));
    }

    @Test
    void theFleetIsCountedByVersionStateAgentAndLabel() {
        api.sample.announce(5);
        openAndApplyOne();
        JsonNode fleet = api.get("/api/v1/fleet").json();
        assertThat(fleet.path("databases").asInt()).isEqualTo(5);
        assertThat(fleet.path("agents").asInt()).isEqualTo(1);
        assertThat(fleet.path("byVersion").toString()).isEqualTo("{\"1\":1,\"none\":4}");
        assertThat(fleet.path("byState").toString()).isEqualTo("{\"applied\":1,\"none\":4}");
        assertThat(fleet.path("byAgent").toString()).isEqualTo("{\"eu-1\":5}");
        assertThat(fleet.path("byLabel").path("tier=free").asInt()).isEqualTo(2);
        assertThat(fleet.path("activeRollouts").path(0).asText()).isEqualTo("r-1");
    }

    @Test
    void aTenantThatLeftIsCountedNoMoreOnceNoOpenRolloutHasIt() {
        api.sample.announce(2);
        openAndApplyOne();
        api.sample.announce(0);

        JsonNode held = api.get("/api/v1/fleet").json();
        assertThat(held.path("databases").asInt()).isEqualTo(1);
        assertThat(held.has("gone")).isFalse();

        api.post("/api/v1/rollouts/r-1/abort", "{}");
        api.fleet.advance("r-1");
        JsonNode left = api.get("/api/v1/fleet").json();
        assertThat(left.path("databases").asInt()).isZero();
        assertThat(left.path("byVersion").toString()).isEqualTo("{}");
        assertThat(left.path("gone").asInt()).isEqualTo(1);
        JsonNode database = api.get("/api/v1/databases").json().path("items").path(0);
        assertThat(database.path("gone").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/databases/pg-1/db-0001").json().path("gone").asBoolean())
                .isTrue();
    }

    @Test
    void aClockThatIsOffFromTheBrokersIsTold() {
        api.sample.announce(1);
        assertThat(api.get("/api/v1/fleet").json().has("clockAhead")).isFalse();
        assertThat(api.get("/api/v1/agents").json().has("clockAhead")).isFalse();

        api.fleet.clockAhead(Duration.ofHours(-24));

        assertThat(api.get("/api/v1/fleet").json().path("clockAhead").asText()).isEqualTo("PT-24H");
        assertThat(api.get("/api/v1/agents").json().path("clockAhead").asText())
                .isEqualTo("PT-24H");
    }

    @Test
    void labelsThatTellDatabasesApartAreNotCounted() {
        api.sample.announce(101);
        JsonNode labels = api.get("/api/v1/fleet").json().path("byLabel");
        assertThat(labels.has("tier=paid")).isTrue();
        assertThat(labels.has("tenant=t-1")).isFalse();
    }

    @Test
    void databasesAreFilteredByLabelVersionStateAndAgent() {
        api.sample.announce(6);
        openAndApplyOne();
        assertThat(total("label=tier=free")).isEqualTo(3);
        assertThat(total("label=tier=free&label=tenant=t-2")).isEqualTo(1);
        assertThat(total("version=1")).isEqualTo(1);
        assertThat(total("version=none")).isEqualTo(5);
        assertThat(total("state=applied")).isEqualTo(1);
        assertThat(total("state=none&state=applied")).isEqualTo(6);
        assertThat(total("agent=eu-1")).isEqualTo(6);
        assertThat(total("agent=us-1")).isZero();
    }

    private int total(String query) {
        return api.get("/api/v1/databases?" + query).json().path("total").asInt();
    }

    @Test
    void databasesAreReadPageByPage() {
        api.sample.announce(5);
        JsonNode first = api.get("/api/v1/databases?limit=4").json();
        String next = first.path("next").asText();
        JsonNode second = api.get("/api/v1/databases?limit=4&cursor=" + next).json();
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("items").path(0).path("database").asText())
                .isEqualTo("pg-1/db-0005");
    }

    @Test
    void aDatabaseTellsWhereItStandsAndWhy() {
        api.sample.announce(2);
        openAndApplyOne();
        JsonNode database = api.get("/api/v1/databases/pg-1/db-0001").json();
        assertThat(database.path("agent").asText()).isEqualTo("eu-1");
        assertThat(database.path("version").asText()).isEqualTo("1");
        assertThat(database.path("state").asText()).isEqualTo("applied");
        assertThat(database.path("reachable").asBoolean()).isTrue();
        assertThat(database.path("epoch").asInt()).isEqualTo(1);
        assertThat(database.path("lastSequence").asInt()).isEqualTo(2);
        assertThat(database.path("rollouts").path(0).path("rollout").asText()).isEqualTo("r-1");
    }

    @Test
    void aDatabaseThatAnOpenRolloutSelectsAndLeavesOutIsLate() {
        api.sample.announce(1);
        String plan = api.publish("select 1");
        api.open(plan, "{\"name\":\"all\"}");
        api.sample.announce(2);
        assertThat(api.get("/api/v1/databases/pg-1/db-0001").json().path("late").asBoolean())
                .isFalse();
        assertThat(api.get("/api/v1/databases/pg-1/db-0002").json().path("late").asBoolean())
                .isTrue();
        assertThat(api.get("/api/v1/rollouts/r-1").json().path("late").asInt()).isEqualTo(1);
    }

    @Test
    void theHistoryOfADatabaseIsReadOldestFirst() {
        api.sample.announce(1);
        openAndApplyOne();
        JsonNode history = api.get("/api/v1/databases/pg-1/db-0001/history").json();
        assertThat(history.path("items"))
                .extracting(each -> each.path("type").asText())
                .containsExactly("order-issued", "order-accepted", "database-applied");
        assertThat(history.path("items").path(2).path("text").asText())
                .isEqualTo("applied, now at version 1");
        JsonNode newest = api.get("/api/v1/databases/pg-1/db-0001/history?limit=1").json();
        assertThat(newest.path("items").path(0).path("type").asText())
                .isEqualTo("database-applied");
        assertThat(newest.path("total").asInt()).isEqualTo(3);
    }

    @Test
    void agentsTellWhatTheyHaveAndWhatAnotherOneOwns() {
        api.sample.announce(2);
        api.fleet.after(Duration.ofSeconds(1));
        api.sample.announce(new AgentId("eu-2"), 1);
        api.fleet.after(Duration.ofSeconds(30));
        JsonNode agents = api.get("/api/v1/agents").json().path("items");
        assertThat(agents.path(0).path("agent").asText()).isEqualTo("eu-1");
        assertThat(agents.path(0).path("reachable").asBoolean()).isFalse();
        assertThat(agents.path(0).path("silentFor").asText()).isEqualTo("PT31S");
        assertThat(agents.path(0).path("servers").path(0).path("databases").asInt()).isEqualTo(2);
        assertThat(agents.path(1).path("reachable").asBoolean()).isTrue();
        assertThat(agents.path(1).path("contested").path(0).asText()).isEqualTo("pg-1/db-0001");
    }

    @Test
    void aLargeFleetIsCountedWhileOthersAreAnswered() {
        api.sample.announce(10_000);
        String plan = api.publish("select 1");
        api.open(plan, "{\"name\":\"all\",\"max-in-flight\":10000}");
        api.fleet.advance("r-1");
        CommandReply fleet = api.get("/api/v1/fleet");
        assertThat(fleet.json().path("byState").path("ordered").asInt()).isEqualTo(10_000);
        CommandReply page = api.get("/api/v1/databases?limit=1000");
        assertThat(page.json().path("items")).hasSize(1000);
        assertThat(api.raw(HttpMethod.GET, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aLongListIsCompressedForCallersThatTakeIt() {
        api.sample.announce(200);
        CommandReply plain = api.get("/api/v1/databases");
        assertThat(plain.header("Content-Encoding")).isNull();
        String path = "/api/v1/databases";
        assertThat(api.rawWith(path, "Accept-Encoding", "gzip").getHeader("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(api.rawWith("/", "Accept-Encoding", "gzip").getHeader("Content-Encoding"))
                .isNull();
    }
}
