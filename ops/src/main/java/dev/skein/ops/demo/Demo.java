package dev.skein.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.EmbeddedKafka;
import dev.skein.embedded.KafkaSettings;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.run.BrokerAddress;
import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.Standalone;
import dev.skein.ops.run.StandaloneConfig;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.SettingsFile;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/**
 * The main job from beginning to end, told as it happens: a plan goes out canary first, one tenant
 * cannot take it, nothing after it starts, a person mends it and retries, a wave is rolled back.
 *
 * <p>Used by one thread.
 */
public final class Demo {
    private static final int IN_FLIGHT = 4;
    private static final Duration DISCOVERY_MAX = Duration.ofSeconds(60);
    private static final String BY = "demo";

    private final Narrator narrator;
    private final TenantServer tenants;
    private final DemoFiles files;
    private final DemoFleet fleet;
    private final String url;

    private Demo(Narrator narrator, TenantServer tenants, DemoFiles files, String url) {
        this.narrator = narrator;
        this.tenants = tenants;
        this.files = files;
        this.url = url;
        this.fleet = new DemoFleet(new SkeinClient(URI.create(url), Optional.empty()));
    }

    /** Starts Kafka, PostgreSQL with its tenants, orchestrator and agent. */
    public static Demo start(Lifecycle lifecycle, PrintWriter out, int databases, int port) {
        Narrator narrator = new Narrator(out);
        Instant begin = Instant.now();
        DemoFiles files = lifecycle.start("files", DemoFiles::layOut);
        narrator.say("Starting Kafka and PostgreSQL in this process ...");
        KafkaSettings settings = KafkaSettings.temporary().withGuard();
        EmbeddedKafka kafka = lifecycle.start("kafka", () -> EmbeddedKafka.start(settings));
        TenantServer tenants = TenantServer.start(lifecycle, databases);
        narrator.say("Kafka, and PostgreSQL with " + databases + " tenant databases, run.");
        Standalone standalone = Standalone.start(lifecycle, config(kafka, tenants, port));
        Demo demo = new Demo(narrator, tenants, files, standalone.url());
        demo.fleet.awaitDatabases(databases, DISCOVERY_MAX);
        narrator.say(
                "Orchestrator and agent run, and found them all, after "
                        + Duration.between(begin, Instant.now()).toSeconds()
                        + " s. The HTTP API answers at "
                        + demo.url);
        return demo;
    }

    private static StandaloneConfig config(EmbeddedKafka kafka, TenantServer tenants, int port) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.putObject("http").put("port", port);
        ObjectNode server = root.putArray("servers").addObject();
        server.put("name", TenantServer.NAME).put("uri", tenants.uri());
        server.put("databases-in-flight", IN_FLIGHT);
        server.putArray("databases").addObject().put("query", TenantServer.query());
        return StandaloneConfig.of("demo", root, Collections.emptyMap(), BrokerAddress.of(kafka));
    }

    /**
     * Tells the whole story.
     *
     * @return whether everything happened as told
     */
    public boolean run() {
        String plan = publish();
        String rollout = open(plan);
        JsonNode paused = failure(rollout);
        JsonNode completed = mend(rollout);
        JsonNode rolledBack = rollBackOneWave(rollout);
        narrator.chapter("What happened");
        narrator.say(summary(completed, rolledBack));
        return paused.path("phase").asText().equals("paused")
                && completed.path("phase").asText().equals("completed")
                && rolledBack.path("counts").path("rolled-back").asInt() > 0;
    }

    private String publish() {
        narrator.chapter("A plan of eight migrations");
        narrator.command("plan build " + files.migrations() + " --format sql -o billing.json");
        Plan plan =
                PlanSources.of(Framework.SQL).read(files.migrations(), SourceSettings.defaults());
        narrator.command("plan publish billing.json");
        JsonNode published = fleet.publish("billing", plan, BY);
        narrator.say(
                published.path("migrations").asInt()
                        + " migrations, one of them 'create index concurrently'; plan "
                        + shortId(published));
        return published.path("id").asText();
    }

    private static String shortId(JsonNode plan) {
        return plan.path("id").asText().substring(0, 12);
    }

    private String open(String plan) {
        narrator.chapter("Canary first, then six small tenants, then everyone");
        narrator.command(
                "rollout open --plan " + plan.substring(0, 12) + " --strategy " + files.strategy());
        JsonNode opened = fleet.open(plan, SettingsFile.read(files.strategy()), BY);
        return opened.path("id").asText();
    }

    private JsonNode failure(String rollout) {
        JsonNode paused = fleet.await(rollout, "paused");
        narrator.status(paused);
        narrator.say(
                "\nOne tenant has two customers with one e-mail address. The wave's failure budget"
                        + " is 0, so the\nrollout stopped by itself: nobody of wave 'everyone' was"
                        + " touched.");
        return paused;
    }

    private JsonNode mend(String rollout) {
        narrator.chapter("A person mends that tenant's data and retries");
        narrator.say(TenantServer.ODD_ONE + "=# update customer set email = ... where id = ...;");
        tenants.mendTheOddOne();
        narrator.command("rollout retry " + rollout);
        fleet.verb(rollout, "retry", Json.mapper().createObjectNode().put("by", BY));
        JsonNode completed = fleet.await(rollout, "completed");
        narrator.status(completed);
        return completed;
    }

    private JsonNode rollBackOneWave(String rollout) {
        narrator.chapter("And back again: wave 'early' is rolled back");
        narrator.command("rollout rollback " + rollout + " --wave early");
        ObjectNode body = Json.mapper().createObjectNode().put("by", BY).put("wave", "early");
        fleet.verb(rollout, "rollback", body);
        JsonNode after = fleet.awaitCount(rollout, "rolled-back", "early");
        narrator.status(after);
        return after;
    }

    private static String summary(JsonNode completed, JsonNode rolledBack) {
        return completed.path("databases").asInt()
                + " databases were migrated, one after a retry; "
                + rolledBack.path("counts").path("rolled-back").asInt()
                + " were taken back to where the rollout had found them.";
    }

    /** The last words of a demo that stays up. */
    public void sayHowToLookFurther() {
        narrator.chapter("Look around (in another terminal; end with Ctrl-C)");
        String server = url.endsWith(":8080") ? "" : " --server " + url;
        narrator.say("ops/bin/skein fleet" + server);
        narrator.say("ops/bin/skein rollout status" + server);
        narrator.say(
                "ops/bin/skein database pg-demo/" + TenantServer.ODD_ONE + " --history" + server);
        narrator.say("psql -h 127.0.0.1 -p " + tenants.port() + " -U postgres tenant_05");
        narrator.say("curl " + url + "/api/v1/fleet");
    }
}
