package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.config.AgentConfig;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.run.BrokerAddress;
import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.Standalone;
import dev.skein.ops.run.StandaloneConfig;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.codec.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with databases in groups, two of each, and the command line pointed at it. */
final class CommandFleet implements BeforeAllCallback, AfterAllCallback {
    static final String BODY_LIMIT = "64KiB";

    private static final Duration MAX = Duration.ofSeconds(120);
    private static final Duration PROBE = Duration.ofMillis(50);

    private final String[] groups;
    private final Lifecycle lifecycle = new Lifecycle();
    private String url;

    CommandFleet(String... groups) {
        this.groups = groups;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        for (String group : groups) {
            TestServers.postgres().createDatabase(database(group, 1));
            TestServers.postgres().createDatabase(database(group, 2));
        }
        url = Standalone.start(lifecycle, config()).url();
        until("all databases", "fleet", fleet -> databases(fleet) == 2 * groups.length);
    }

    private static int databases(JsonNode fleet) {
        return fleet.path("databases").asInt();
    }

    static String database(String group, int number) {
        return "command_" + group + "_" + number;
    }

    static String id(String group, int number) {
        return "pg/" + database(group, number);
    }

    private StandaloneConfig config() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.putObject("http").put("port", 0).put("body-limit", BODY_LIMIT);
        ObjectNode server = root.putArray("servers").addObject();
        server.put("name", "pg").put("uri", TestServers.postgres().uri("postgres"));
        server.putArray("databases")
                .addObject()
                .put(
                        "query",
                        "select datname as name, split_part(datname, '_', 2) as \"label.group\""
                                + " from pg_database where datname like 'command\\_%'"
                                + " and split_part(datname, '_', 2) in ('"
                                + String.join("', '", groups)
                                + "')");
        StandaloneConfig config =
                StandaloneConfig.of(
                        "test",
                        root,
                        Collections.emptyMap(),
                        BrokerAddress.open(TestServers.kafka().bootstrapServers()));
        String prefix = "command-" + groups[0];
        OrchestratorConfig orchestrator = config.orchestrator();
        AgentConfig agent = config.agent();
        return new StandaloneConfig(
                new OrchestratorConfig(
                        orchestrator.name(),
                        orchestrator.log().withTopicPrefix(prefix),
                        orchestrator.http()),
                new AgentConfig(
                        agent.agent(),
                        agent.log().withTopicPrefix(prefix),
                        agent.servers(),
                        agent.times(),
                        agent.http()));
    }

    /** Runs a command against the server. */
    Said said(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--server";
        all[arguments.length + 1] = url;
        return Said.by(all);
    }

    /** Runs a command of words without blanks. */
    Said say(String words) {
        return said(words.split(" "));
    }

    /** The JSON of a command, asked for again and again until it is as wanted. */
    JsonNode until(String what, String words, Predicate<JsonNode> wanted) {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + MAX.toNanos();
        JsonNode last = say(words + " --output json").json();
        while (!wanted.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never came to: " + what + "; it reads: " + last);
            }
            pause(never);
            last = say(words + " --output json").json();
        }
        return last;
    }

    JsonNode untilPhase(String rollout, String phase) {
        return until(
                "phase " + phase,
                "rollout status " + rollout,
                each ->
                        each.path("phase").asText().equals(phase)
                                && !each.path("pause").path("state").asText().equals("draining"));
    }

    private static void pause(CountDownLatch never) {
        try {
            never.await(PROBE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        lifecycle.close();
    }
}
