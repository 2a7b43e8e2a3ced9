package dev.skein.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A whole system in this process over two fresh databases, which can be stopped and started. */
final class StandaloneFixture implements AutoCloseable {
    final List<String> databases;

    private final Path directory;
    private final Path config;
    private Lifecycle parts = new Lifecycle();
    private SkeinClient client;

    /** Not started yet; everything is kept in the directory. */
    StandaloneFixture(Path directory) throws IOException {
        this(
                directory,
                List.of(
                        TestServers.freshDatabase("standalone"),
                        TestServers.freshDatabase("standalone")));
    }

    /** Over two databases that are there. */
    StandaloneFixture(Path directory, List<String> databases) throws IOException {
        this.databases = databases;
        this.directory = directory;
        config = directory.resolve("skein.yaml");
        Files.writeString(
                config,
                "http: {port: 0}\nservers:\n  - name: pg\n    uri: "
                        + TestServers.postgres().uri("postgres")
                        + "\n    databases: [{name: "
                        + databases.get(0)
                        + "}, {name: "
                        + databases.get(1)
                        + "}]\n");
    }

    /** Where the log is kept. */
    Path data() {
        return directory.resolve("data");
    }

    /** Starts, and waits until the agent has announced its databases. */
    StandaloneFixture start() {
        parts = new Lifecycle();
        Standalone standalone = Standalone.start(parts, config, data());
        client = new SkeinClient(URI.create(standalone.url()), Optional.empty());
        until("/databases", found -> reachable(found.path("items")) == databases.size());
        return this;
    }

    SkeinClient client() {
        return client;
    }

    /** After a restart both are known at once, but out of reach until their agent has announced. */
    private static long reachable(JsonNode items) {
        return items.valueStream().filter(each -> each.path("reachable").asBoolean()).count();
    }

    JsonNode until(String path, Predicate<JsonNode> wanted) {
        CountDownLatch never = new CountDownLatch(1);
        JsonNode last = get(path);
        while (!wanted.test(last)) {
            try {
                never.await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(path + " reads " + last, e);
            }
            last = get(path);
        }
        return last;
    }

    /** A server that has not yet folded its log refuses for now. */
    private JsonNode get(String path) {
        try {
            return client.get(path);
        } catch (ServerRefused refused) {
            assertThat(refused.isCallersFault()).as(refused.getMessage()).isFalse();
            return Json.mapper().createObjectNode();
        }
    }

    JsonNode untilPhase(String rollout, String phase) {
        return until("/rollouts/" + rollout, each -> each.path("phase").asText().equals(phase));
    }

    /** Asks something of a rollout. */
    void ask(String rollout, String verb, ObjectNode body) {
        client.post("/rollouts/" + rollout + "/" + verb, body);
    }

    /** Opens a rollout of plain SQL; the id. */
    String open(String strategy, Path migrations) throws IOException {
        ObjectNode open = Json.mapper().createObjectNode();
        open.put("plan", publish(migrations));
        open.set("strategy", SettingsFile.parse("strategy", strategy));
        return client.post("/rollouts", open).path("id").asText();
    }

    /** Publishes a plan of plain SQL, which needs a leader; the id. */
    String publish(Path migrations) throws IOException {
        ObjectNode publish = Json.mapper().createObjectNode().put("name", "shop");
        publish.set(
                "plan",
                Json.tree(
                        PlanSources.of(Framework.SQL).read(migrations, SourceSettings.defaults())));
        return client.post("/plans", publish).path("id").asText();
    }

    /** Stops everything but the databases. */
    @Override
    public void close() {
        parts.close();
    }
}
