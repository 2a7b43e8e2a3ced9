package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventsIT {
    private static final String WAVES = "{\"name\":\"all\"}";

    private static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), "event");
    }

    @Test
    void newRecordsAreShownWithPositionTypeAndText() {
        try (HttpFixture api = new HttpFixture()) {
            api.sample.announce(1);
            EventReader reader = EventReader.follow(api, "/api/v1/events", Optional.empty());
            String plan = api.publish("select 1");
            api.open(plan, WAVES);
            EventReader.Shown published = reader.next();
            assertThat(published.id()).isEqualTo("plans-0@0");
            assertThat(published.event()).isEqualTo("plan-published");
            assertThat(json(published.data()).path("data").has("content")).isFalse();
            EventReader.Shown opened = reader.next();
            assertThat(opened.event()).isEqualTo("rollout-opened");
            JsonNode data = json(opened.data());
            assertThat(data.path("rollout").asText()).isEqualTo("r-1");
            assertThat(data.path("text").asText()).startsWith("opened by ann: plan ");
            assertThat(data.path("data").path("waves").path(0).path("databasesTotal").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aStreamShowsOneDatabaseIfAsked() {
        try (HttpFixture api = new HttpFixture()) {
            api.sample.announce(3);
            String uri = "/api/v1/events?rollout=r-1&database=pg-1/db-0002";
            EventReader reader = EventReader.follow(api, uri, Optional.empty());
            api.open(api.publish("select 1"), WAVES);
            api.fleet.advance("r-1");
            api.fleet.advance("r-1");
            api.sample.accepted(SampleFleet.database(1));
            api.sample.accepted(SampleFleet.database(2));
            assertThat(reader.next().event()).isEqualTo("order-issued");
            EventReader.Shown accepted = reader.next();
            assertThat(accepted.event()).isEqualTo("order-accepted");
            assertThat(json(accepted.data()).path("database").asText()).isEqualTo("pg-1/db-0002");
        }
    }

    @Test
    void aCallerGoesOnBehindTheLastEventItSaw() {
        try (HttpFixture api = new HttpFixture()) {
            api.publish("select 1");
            api.publish("select 2");
            api.publish("select 3");
            EventReader reader =
                    EventReader.follow(api, "/api/v1/events", Optional.of("plans-0@0"));
            assertThat(reader.next().id()).isEqualTo("plans-0@1");
            assertThat(reader.next().id()).isEqualTo("plans-0@2");
        }
    }

    @Test
    void aCallerWhoseLastEventIsNotHeldIsToldOfAGap() {
        try (HttpFixture api = new HttpFixture()) {
            api.publish("select 1");
            api.publish("select 2");
            api.publish("select 3");
            api.fleet.tail().forgetAllBut(1);
            EventReader reader =
                    EventReader.follow(api, "/api/v1/events", Optional.of("plans-0@0"));
            EventReader.Shown gap = reader.next();
            assertThat(gap.event()).isEqualTo("gap");
            assertThat(json(gap.data()).has("missed")).isFalse();
            assertThat(reader.next().id()).isEqualTo("plans-0@2");
        }
    }

    @Test
    void aSlowCallerIsToldHowManyItMissedAndGoesOn() {
        try (HttpFixture api = new HttpFixture()) {
            EventReader reader = EventReader.follow(api, "/api/v1/events", Optional.empty());
            reader.pause();
            api.sample.announce(1);
            api.open(api.publish("select 1"), WAVES);
            // Until the buffers of both ends are full, however large they are.
            Await.until("the stream takes no more", () -> isStuckAfterMore(api));
            pauseAndResume(api, "last");
            api.fleet.tail().forgetAllBut(1);
            reader.resume();
            EventReader.Shown shown = reader.next();
            while (!shown.event().equals("gap")) {
                shown = reader.next();
            }
            assertThat(json(shown.data()).path("missed").asInt()).isPositive();
            assertThat(reader.next().event()).isEqualTo("rollout-resumed");
        }
    }

    /** What a stream that takes no more has not read stays unread, however often it is told. */
    private static boolean isStuckAfterMore(HttpFixture api) {
        for (int each = 0; each < 200; each++) {
            pauseAndResume(api, "x".repeat(1900));
        }
        Await.value(api.vertx.timer(50, TimeUnit.MILLISECONDS));
        return api.fleet.tail().readUpTo() < api.fleet.tail().end();
    }

    private static void pauseAndResume(HttpFixture api, String reason) {
        RolloutId rollout = new RolloutId("r-1");
        Instant now = api.fleet.now();
        api.fleet.submit(new Command.Pause(rollout, reason, "ann", now));
        api.fleet.submit(new Command.Resume(rollout, "ann", now));
    }

    @Test
    void aQuietStreamIsKeptAlive() {
        HttpLimits limits = HttpFixture.LIMITS.withHeartbeat(Duration.ofMillis(20));
        try (HttpFixture api = new HttpFixture(limits, Optional.empty())) {
            EventReader reader = EventReader.follow(api, "/api/v1/events", Optional.empty());
            Await.until("two heartbeats came", () -> reader.heartbeats() >= 2);
        }
    }

    @Test
    void streamsAreLimitedAndGivenBack() {
        HttpLimits limits = HttpFixture.LIMITS.withStreamsMax(1);
        try (HttpFixture api = new HttpFixture(limits, Optional.empty())) {
            EventReader reader = EventReader.follow(api, "/api/v1/events", Optional.empty());
            CommandReply refused = api.get("/api/v1/events");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("too-busy");
            assertThat(refused.detail()).startsWith("1 event streams are open");
            reader.close();
            Await.until("the stream is given back", () -> api.fleet.tail().listeners() == 0);
            EventReader again = EventReader.follow(api, "/api/v1/events", Optional.empty());
            api.publish("select 1");
            assertThat(again.next().event()).isEqualTo("plan-published");
        }
    }

    @Test
    void aPositionThatIsNoneIsRefused() {
        try (HttpFixture api = new HttpFixture()) {
            CommandReply refused =
                    api.get("/api/v1/events", each -> each.putHeader("Last-Event-ID", "17"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.detail()).contains("'17' is not a position");
        }
    }

    @Test
    void everyEventIsShortHoweverManyDatabasesItIsAbout() {
        try (HttpFixture api = new HttpFixture()) {
            EventReader reader = EventReader.follow(api, "/api/v1/events", Optional.empty());
            api.sample.announce(1000);
            assertThat(reader.next().event()).isEqualTo("agent-started");
            JsonNode announced = json(reader.next().data()).path("data");
            assertThat(announced.path("databases")).hasSize(20);
            assertThat(announced.path("databasesTotal").asInt()).isEqualTo(1000);
        }
    }
}
