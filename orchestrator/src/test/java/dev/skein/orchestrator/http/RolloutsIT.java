package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.orchestrator.http.HttpFixture.CommandReply;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutsIT {
    private static final String WAVES =
            """
            {"name":"canary","count":1,"approval":"required"},{"name":"rest","failure-budget":"50%"}
            """;

    private final HttpFixture api = new HttpFixture();
    private String plan;

    @BeforeEach
    void fleetOfFour() {
        api.sample.announce(4);
        plan = api.publish("select 1");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static List<String> texts(JsonNode list, String key) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.path(key).asText()));
        return texts;
    }

    private DatabaseId canary() {
        JsonNode items = api.get("/api/v1/rollouts/r-1/databases?wave=0").json().path("items");
        return DatabaseId.parse(items.path(0).path("database").asText());
    }

    @Test
    void aRolloutIsOpenedByAPlanAndAStrategy() {
        CommandReply reply = api.open(plan.substring(0, 12), WAVES);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/rollouts/r-1");
        JsonNode rollout = reply.json();
        assertThat(rollout.path("id").asText()).isEqualTo("r-1");
        assertThat(rollout.path("plan").path("id").asText()).isEqualTo(plan);
        assertThat(rollout.path("openedBy").asText()).isEqualTo("ann");
        assertThat(rollout.path("databases").asInt()).isEqualTo(4);
        assertThat(rollout.path("leftOver").asInt()).isZero();
        assertThat(texts(rollout.path("waves"), "name")).containsExactly("canary", "rest");
        assertThat(rollout.path("waves").path(1).path("failuresAllowed").asInt()).isEqualTo(1);
        assertThat(rollout.path("waves").path(1).path("stepsTotal").asInt()).isEqualTo(3);
    }

    @Test
    void theStrategyShownOpensAnotherRollout() {
        JsonNode strategy = api.open(plan, WAVES).json().path("strategy");
        api.post("/api/v1/rollouts/r-1/abort", "{}");
        api.fleet.advance("r-1");
        String body = "{\"plan\":\"%s\",\"strategy\":%s}".formatted(plan, strategy);
        CommandReply again = api.post("/api/v1/rollouts", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("strategy")).isEqualTo(strategy);
    }

    @Test
    void aRolloutTellsWhatItsDatabasesDo() {
        api.open(plan, WAVES);
        api.fleet.advance("r-1");
        DatabaseId canary = canary();
        api.sample.accepted(canary);
        JsonNode running = api.get("/api/v1/rollouts/r-1").json();
        assertThat(running.path("counts").path("running").asInt()).isEqualTo(1);
        assertThat(running.path("counts").path("pending").asInt()).isEqualTo(3);

        api.sample.applied(canary);
        api.fleet.advance("r-1");
        JsonNode waiting = api.get("/api/v1/rollouts/r-1").json();
        assertThat(waiting.path("phase").asText()).isEqualTo("awaiting-approval");
        assertThat(waiting.path("waves").path(0).path("stepsDone").asInt()).isEqualTo(1);
    }

    @Test
    void aFailureIsShownWithItsCauseAndItsBlockers() {
        api.open(plan, WAVES);
        api.fleet.advance("r-1");
        DatabaseId canary = canary();
        api.sample.accepted(canary);
        api.sample.failed(canary);
        api.fleet.advance("r-1");
        JsonNode rollout = api.get("/api/v1/rollouts/r-1").json();
        assertThat(rollout.path("phase").asText()).isEqualTo("paused");
        assertThat(rollout.path("pause").path("cause").asText()).isEqualTo("failure-budget");
        assertThat(rollout.path("pause").path("state").asText()).isEqualTo("quiesced");
        assertThat(rollout.path("failuresTotal").asInt()).isEqualTo(1);
        assertThat(rollout.path("failures").path(0).path("code").asText())
                .isEqualTo("lock-timeout");

        JsonNode failed =
                api.get("/api/v1/rollouts/r-1/databases?state=failed").json().path("items");
        assertThat(failed).hasSize(1);
        JsonNode failure = failed.path(0).path("failure");
        assertThat(failure.path("sqlState").asText()).isEqualTo("55P03");
        assertThat(failure.path("blockers").path(0).path("pid").asInt()).isEqualTo(123);
    }

    @Test
    void databasesAreFilteredByStateAndWaveAndReadPageByPage() {
        api.open(plan, WAVES);
        api.fleet.advance("r-1");
        String path = "/api/v1/rollouts/r-1/databases";
        assertThat(api.get(path + "?state=ordered").json().path("total").asInt()).isEqualTo(1);
        assertThat(api.get(path + "?state=ordered&state=pending").json().path("total").asInt())
                .isEqualTo(4);
        assertThat(api.get(path + "?wave=rest").json().path("total").asInt()).isEqualTo(3);
        JsonNode first = api.get(path + "?wave=1&limit=2").json();
        JsonNode second =
                api.get(path + "?wave=1&limit=2&cursor=" + first.path("next").asText()).json();
        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(texts(first.path("items"), "database"))
                .doesNotContainAnyElementsOf(texts(second.path("items"), "database"));
    }

    @Test
    void rolloutsAreListedNewestFirst() {
        for (int each = 0; each < 3; each++) {
            api.fleet.after(Duration.ofSeconds(1));
            api.open(
                    plan,
                    "{\"name\":\"one\",\"databases\":[\"pg-1/db-000%d\"]}".formatted(each + 1));
        }
        JsonNode first = api.get("/api/v1/rollouts?limit=2").json();
        assertThat(texts(first.path("items"), "id")).containsExactly("r-3", "r-2");
        String next = first.path("next").asText();
        JsonNode second = api.get("/api/v1/rollouts?limit=2&cursor=" + next).json();
        assertThat(texts(second.path("items"), "id")).containsExactly("r-1");
        assertThat(api.get("/api/v1/rollouts?phase=running").json().path("total").asInt())
                .isEqualTo(3);
        assertThat(api.get("/api/v1/rollouts?phase=completed").json().path("total").asInt())
                .isZero();
    }

    @Test
    void eachVerbBecomesItsCommand() {
        api.open(plan, WAVES);
        api.fleet.advance("r-1");
        DatabaseId canary = canary();
        String names = "\"databases\":[\"" + canary + "\"]";
        api.post("/api/v1/rollouts/r-1/pause", "{\"by\":\"bob\",\"reason\":\"lunch\"}");
        api.post("/api/v1/rollouts/r-1/resume", "");
        api.post("/api/v1/rollouts/r-1/approve", "{\"digest\":\"d\",\"wave\":\"canary\"}");
        api.post("/api/v1/rollouts/r-1/promote", "{}");
        api.post("/api/v1/rollouts/r-1/retry", "{" + names + "}");
        api.post("/api/v1/rollouts/r-1/repair", "{" + names + "}");
        api.post("/api/v1/rollouts/r-1/repair", "{" + names + ",\"repair\":\"step-done\"}");
        api.post("/api/v1/rollouts/r-1/skip", "{" + names + ",\"reason\":\"sold\"}");
        api.post("/api/v1/rollouts/r-1/rollback", "{" + names + "}");
        api.post("/api/v1/rollouts/r-1/rollback", "{\"wave\":\"canary\"}");
        api.post("/api/v1/rollouts/r-1/rollback", "{\"all\":true}");
        api.post("/api/v1/rollouts/r-1/abort", "{}");

        List<Command> asked = new ArrayList<>(api.fleet.commands());
        asked.removeIf(each -> each instanceof Command.Open || each instanceof Command.Advance);
        assertThat(asked)
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly(
                        "Pause",
                        "Resume",
                        "Approve",
                        "Promote",
                        "Retry",
                        "Repairing",
                        "Repairing",
                        "Skip",
                        "Rollback",
                        "Rollback",
                        "Rollback",
                        "Abort");
        Command.Pause pause = (Command.Pause) asked.get(0);
        assertThat(pause.by()).isEqualTo("bob");
        assertThat(pause.reason()).isEqualTo("lunch");
        assertThat(((Command.Resume) asked.get(1)).by()).isEqualTo("anonymous");
        assertThat(((Command.Approve) asked.get(2)).digest()).contains("d");
        assertThat(((Command.Retry) asked.get(4)).databases()).containsExactly(canary);
        assertThat(asked.subList(5, 7))
                .extracting(each -> ((Command.Repairing) each).repair())
                .containsExactly(Repair.BOOKS, Repair.STEP_DONE);
        assertThat(asked.subList(8, 11))
                .extracting(each -> ((Command.Rollback) each).scope())
                .containsExactly(RollbackScope.DATABASES, RollbackScope.WAVE, RollbackScope.ALL);
    }

    @Test
    void aRepairIsRefusedWithItsReasonUnlessItNamesFailedDatabases() {
        api.open(plan, WAVES);
        api.fleet.advance("r-1");
        String path = "/api/v1/rollouts/r-1/repair";
        CommandReply none = api.post(path, "{}");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("detail").asText())
                .contains("names none; name those to repair");
        CommandReply strange = api.post(path, "{\"databases\":[\"pg-1/x\"],\"repair\":\"all\"}");
        assertThat(strange.status()).isEqualTo(400);
        assertThat(strange.json().path("detail").asText())
                .contains("books, step-done, step-not-done");
        CommandReply fine = api.post(path, "{\"databases\":[\"" + canary() + "\"]}");
        assertThat(fine.status()).isEqualTo(409);
        assertThat(fine.json().path("code").asText()).isEqualTo("not-repairable");
    }

    @Test
    void aPlanThatWasNeverRehearsedIsRefusedWhereTheStrategyDemandsIt() {
        String strategy = "{\"waves\":[{\"name\":\"all\"}],\"require-rehearsal\":true}";
        String body = "{\"plan\":\"%s\",\"strategy\":%s}".formatted(plan, strategy);
        CommandReply refused = api.post("/api/v1/rollouts", body);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("rehearsal-required");
        assertThat(refused.json().path("detail").asText()).contains("skein plan rehearse FILE");
    }

    @Test
    void aSurveyShowsWhatItIsForAndWhatItFound() {
        String strategy = "{\"waves\":[{\"name\":\"all\"}]}";
        String body =
                "{\"plan\":\"%s\",\"purpose\":\"survey\",\"strategy\":%s}"
                        .formatted(plan, strategy);
        CommandReply opened = api.post("/api/v1/rollouts", body);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().path("purpose").asText()).isEqualTo("survey");
        api.fleet.advance("r-1");
        api.sample.surveyed(SampleFleet.database(1));

        JsonNode read =
                api.get("/api/v1/rollouts/r-1/databases?state=surveyed").json().path("items");
        assertThat(read).hasSize(1);
        assertThat(read.path(0).path("stepsTotal").asInt()).isZero();
        JsonNode findings = read.path(0).path("findings");
        assertThat(findings.path("version").asText()).isEqualTo("3");
        assertThat(findings.path("applied").asInt()).isEqualTo(3);
        assertThat(findings.path("missing").toString())
                .isEqualTo("[{\"first\":\"4\",\"last\":\"5\",\"count\":2}]");
        assertThat(findings.path("differing").toString())
                .isEqualTo("[{\"migration\":\"2\",\"recorded\":\"a\",\"planned\":\"b\"}]");
        assertThat(findings.path("unknown").toString()).isEqualTo("[\"2.5\"]");
        CommandReply back = api.post("/api/v1/rollouts/r-1/rollback", "{\"all\":true}");
        assertThat(back.status()).isEqualTo(409);
        assertThat(back.json().path("code").asText()).isEqualTo("no-migration");
    }

    @Test
    void aPauseIsAnsweredWithTheRolloutAsItIsThen() {
        api.open(plan, WAVES);
        CommandReply reply = api.post("/api/v1/rollouts/r-1/pause", "{\"by\":\"bob\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("phase").asText()).isEqualTo("paused");
        assertThat(reply.json().path("pause").path("by").asText()).isEqualTo("bob");
        assertThat(reply.json().path("message").asText()).isNotBlank();
    }

    @Test
    void aDryRunOfAnOpeningOpensNothing() {
        String body =
                "{\"plan\":\"%s\",\"strategy\":{\"waves\":[%s]},\"dryRun\":true}"
                        .formatted(plan, WAVES);
        CommandReply told = api.post("/api/v1/rollouts", body);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("verb").asText()).isEqualTo("open");
        assertThat(told.json().path("databases").asInt()).isEqualTo(4);
        assertThat(told.json().at("/groups/0/outcome").asText()).isEqualTo("unknown");
        assertThat(api.get("/api/v1/rollouts").json().path("total").asInt()).isZero();
        assertThat(api.fleet.commands()).isEmpty();
    }

    @Test
    void aDryRunOfARollbackTellsWhatItWouldUndoOrIsRefusedAsTheVerbIs() {
        api.open(plan, WAVES);
        String path = "/api/v1/rollouts/r-1/rollback";
        String body = "{\"databases\":[\"%s\"],\"dryRun\":true}".formatted(canary());
        CommandReply refused = api.post(path, body);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("nothing-to-roll-back");

        api.fleet.advance("r-1");
        api.sample.accepted(canary());
        CommandReply told = api.post(path, body);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("message").asText()).isEqualTo("taking back 1 database");
        assertThat(told.json().at("/groups/0/databases/0").asText()).isEqualTo(canary().toString());
        assertThat(api.get("/api/v1/rollouts/r-1").json().path("phase").asText())
                .isEqualTo("running");
    }
}
