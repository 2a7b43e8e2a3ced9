package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlansIT {
    private final HttpFixture api = new HttpFixture();

    @AfterEach
    void close() {
        api.close();
    }

    private static String body(Plan plan) {
        return "{\"by\":\"ann\",\"plan\":" + Json.pretty(plan) + "}";
    }

    @Test
    void aPlanIsPublishedUnderTheDigestOfItsContent() {
        Plan plan = SampleFleet.plan("select 1");
        CommandReply reply = api.post("/api/v1/plans", body(plan));
        String id = PlanCodec.idOf(plan).value();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/plans/" + id);
        assertThat(reply.json().path("id").asText()).isEqualTo(id);
        assertThat(reply.json().path("name").asText()).isEqualTo("sql 1");
        assertThat(reply.json().path("publishedBy").asText()).isEqualTo("ann");
        assertThat(reply.json().path("steps").asInt()).isEqualTo(1);
    }

    @Test
    void aPlanThatIsKnownIsAnsweredAsItIs() {
        String id = api.publish("select 1");
        CommandReply again = api.post("/api/v1/plans", body(SampleFleet.plan("select 1")));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id").asText()).isEqualTo(id);
        assertThat(again.json().path("name").asText()).isEqualTo("users");
    }

    @Test
    void aPlanIsFoundByTheBeginningOfItsId() {
        String id = api.publish("select 1");
        CommandReply reply = api.get("/api/v1/plans/" + id.substring(0, 8));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Json.read(reply.json().path("content"), Plan.class, "content"))
                .isEqualTo(SampleFleet.plan("select 1"));
    }

    @Test
    void plansAreListedPageByPage() {
        for (int each = 0; each < 5; each++) {
            api.publish("select " + each);
        }
        CommandReply first = api.get("/api/v1/plans?limit=3");
        assertThat(first.json().path("items")).hasSize(3);
        assertThat(first.json().path("total").asInt()).isEqualTo(5);
        String next = first.json().path("next").asText();
        CommandReply second = api.get("/api/v1/plans?limit=3&cursor=" + next);
        assertThat(second.json().path("items")).hasSize(2);
        assertThat(second.json().has("next")).isFalse();
    }
}
