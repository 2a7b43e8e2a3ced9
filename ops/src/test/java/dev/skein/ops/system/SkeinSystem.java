package dev.skein.ops.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.agent.config.AgentConfig;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.client.ServerRefused;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.command.Said;
import dev.skein.ops.run.AgentProcess;
import dev.skein.ops.run.Lifecycle;
import dev.skein.ops.run.OrchestratorProcess;
import dev.skein.orchestrator.config.OrchestratorConfig;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Orchestrator and agent of one test, with databases, topics and files of its own. */
final class SkeinSystem implements AfterEachCallback {
    /** The name of the shared PostgreSQL in the agent's configuration. */
    static final String SERVER = "pg";

    static final String AGENT = "eu-1";

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final String TEMPLATE = "tenant_template";

    private final String run = "system" + RUNS.incrementAndGet();
    private final List<JsonNode> databases = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private Lifecycle orchestrator = new Lifecycle();
    private Lifecycle agent = new Lifecycle();
    private SkeinClient client;

    /** Creates a tenant's database with a little data, announced with these labels. */
    Tenant tenant(String name, String labels) {
        Tenant tenant = unannounced(name);
        databases.add(
                YamlText.tree("{ name: " + tenant.database() + ", labels: { " + labels + " } }"));
        return tenant;
    }

    Tenant tenant(String name) {
        return tenant(name, "");
    }

    /** Creates one that the agent is not told of by {@link #start()}. */
    Tenant unannounced(String name) {
        String database = run + "_" + name;
        TestServers.postgres()
                .execute("postgres", "create database " + database + " template " + template());
        return new Tenant(SERVER + "/" + database, database);
    }

    private static synchronized String template() {
        String known = "select from pg_database where datname = '" + TEMPLATE + "'";
        Tenant server = new Tenant("", "postgres");
        if (server.text("select exists (" + known + ")").equals("f")) {
            TestServers.postgres().createDatabase(TEMPLATE);
            TestServers.postgres().execute(TEMPLATE, Tenant.SCHEMA);
        }
        return TEMPLATE;
    }

    /** What all databases of this test begin with. */
    String run() {
        return run;
    }

    /** An empty directory for migrations. */
    Migrations migrations() {
        return new Migrations(directory());
    }

    Path directory() {
        try {
            Path directory = Files.createTempDirectory("skein-" + run + "-");
            directories.add(directory);
            return directory;
        } catch (IOException e) {
            throw new AssertionError("no directory for the test", e);
        }
    }

    /** Starts orchestrator and agent, the latter with the tenants so far, and waits for them. */
    void start() {
        start("");
    }

    /**
     * The same with further keys.
     *
     * @param server of the server in the agent's configuration, such as {@code databases-in-flight}
     */
    void start(String server) {
        startOrchestrator();
        startAgent(server);
        awaitDatabases(databases.size());
    }

    void startOrchestrator() {
        ObjectNode config = YamlText.tree("{ orchestrator: first, http: { port: 0 } }");
        config.set("kafka", kafka().put("partitions", "4"));
        OrchestratorProcess process =
                OrchestratorProcess.start(orchestrator, read(config, OrchestratorConfig::read));
        client = new SkeinClient(URI.create(process.url()), Optional.empty());
        Until.reached("a leader", this::leads, leads -> leads);
    }

    /** A verb for nobody's rollout is answered by a leader only. */
    private boolean leads() {
        try {
            client.post("/rollouts/nobodys/pause", Json.mapper().createObjectNode());
            throw new AssertionError("a rollout of the name 'nobodys' was paused");
        } catch (ServerRefused refused) {
            return refused.getMessage().contains("[unknown-rollout]");
        }
    }

    void restartOrchestrator() {
        orchestrator.close();
        orchestrator = new Lifecycle();
        startOrchestrator();
    }

    /** Starts the agent with the tenants so far, unless the keys say other ones. */
    void startAgent(String server) {
        startAgent(AGENT, withTenants(server));
    }

    /** One more, with the same tenants. */
    void startSecondAgent(String name) {
        startAgent(name, withTenants(""));
    }

    private ObjectNode withTenants(String server) {
        ObjectNode node = YamlText.tree("{ name: " + SERVER + ", databases-in-flight: 4 }");
        node.put("uri", TestServers.postgres().uri("postgres"));
        node.putArray("databases").addAll(databases);
        node.setAll(YamlText.tree(server));
        return node;
    }

    /** Starts the agent with the tenants so far and these runners. */
    void startAgentWith(ObjectNode runners) {
        startAgent(AGENT, withTenants(""), runners);
        awaitDatabases(databases.size());
    }

    /** Starts an agent with a server as its configuration writes it. */
    void startAgent(String name, ObjectNode server) {
        startAgent(name, server, Json.mapper().createObjectNode());
    }

    private void startAgent(String name, ObjectNode server, ObjectNode runners) {
        ObjectNode config =
                YamlText.tree(
                        """
                        discovery-interval: 1s
                        heartbeat-interval: 1s
                        stop-grace: 0s
                        """);
        config.put("agent", name).set("kafka", kafka());
        config.putArray("servers").add(server);
        config.set("runners", runners);
        AgentProcess.start(agent, read(config, AgentConfig::read));
    }

    /** Stops the agent in good order; what its sessions run may still run in the database. */
    void stopAgent() {
        agent.close();
        agent = new Lifecycle();
    }

    private ObjectNode kafka() {
        return Json.mapper()
                .createObjectNode()
                .put("bootstrap-servers", TestServers.kafka().bootstrapServers())
                .put("topic-prefix", run);
    }

    private static <T> T read(ObjectNode config, Function<Settings, T> reader) {
        return Settings.read("test", config, Collections.<String, String>emptyMap(), reader);
    }

    SkeinClient client() {
        return client;
    }

    /** The command line, called with these words and this system's server. */
    Said said(String... words) {
        String server = client.server().toString();
        return Said.by(
                Stream.concat(Stream.of(words), Stream.of("--server", server))
                        .toArray(String[]::new));
    }

    JsonNode fleet() {
        return client.get("/fleet");
    }

    void awaitDatabases(int count) {
        Until.reached(
                count + " databases in the fleet",
                this::fleet,
                fleet -> fleet.path("databases").asInt() == count);
    }

    /** Publishes the plan and opens a rollout of it. */
    Rollout open(Plan plan, String strategy) {
        return opened(plan, strategy, Json.mapper().createObjectNode());
    }

    /** The same, to end at a version. */
    Rollout openTo(Plan plan, String strategy, String version) {
        return opened(plan, strategy, Json.mapper().createObjectNode().put("to", version));
    }

    private Rollout opened(Plan plan, String strategy, ObjectNode body) {
        ObjectNode publication = Json.mapper().createObjectNode().put("name", run);
        publication.set("plan", Json.tree(plan));
        body.put("by", "test");
        body.put("plan", client.post("/plans", publication).path("id").asText());
        body.set("strategy", YamlText.tree(strategy));
        return new Rollout(client, client.post("/rollouts", body).path("id").asText());
    }

    /** The records about a database, oldest first. */
    List<JsonNode> history(Tenant tenant) {
        List<JsonNode> records = new ArrayList<>();
        client.get("/databases/" + tenant.id() + "/history").path("items").forEach(records::add);
        return records;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        agent.close();
        orchestrator.close();
        for (Path directory : directories) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Databases by what is read of each, for a comparison later. */
    static Map<String, String> each(List<Tenant> tenants, Function<Tenant, String> read) {
        Map<String, String> values = new TreeMap<>();
        tenants.forEach(tenant -> values.put(tenant.id(), read.apply(tenant)));
        return values;
    }
}
