package dev.skein.agent;

import static dev.skein.agent.order.Facts.AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.order.Facts;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepEvent;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.InMemoryBroker;
import dev.skein.protocol.log.InMemoryEventLog;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentIT {
    private static final Plan PLAN =
            new Plan(
                    Framework.SQL,
                    Optional.empty(),
                    List.of(
                            new Migration(
                                    MigrationKind.VERSIONED,
                                    "1",
                                    "accounts",
                                    "0001_accounts.up.sql",
                                    Optional.of("f".repeat(64)),
                                    List.of(new ScriptStep("create table accounts (id int)")),
                                    Optional.empty())));

    private final Vertx vertx = Vertx.vertx();
    private final TestPostgres postgres = TestServers.postgres();
    private final InMemoryBroker broker = InMemoryBroker.counting(4);
    private final InMemoryEventLog log = new InMemoryEventLog(vertx, broker);
    private final List<String> faults = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Await.value(vertx.close());
    }

    @Test
    void anAgentFindsItsDatabasesCarriesOutTheirOrdersAndStops() {
        // given
        String database = TestServers.freshDatabase("agent_it");
        DatabaseId id = DatabaseId.of("pg-1", database);
        Agent agent = Await.value(Agent.start(vertx, config(), log, host()));
        assertThat(announced()).contains(id);

        // when
        PlanId plan = PlanCodec.idOf(PLAN);
        long offset =
                append(Topic.PLANS, new PlanPublished(plan, "accounts", PLAN, "ops", Facts.at(0)));
        append(Topic.ROLLOUTS, Facts.opened(plan, offset, id));
        append(Topic.ORDERS, Facts.order(id, 1, AGENT, plan, offset, 1));

        // then
        Await.until("its end is reported", () -> broker.records(Topic.PROGRESS).size() == 3);
        assertThat(written(Topic.PROGRESS, StepEvent.class))
                .last()
                .isInstanceOf(DatabaseApplied.class);
        postgres.execute(database, "insert into accounts values (1)");
        Await.value(agent.stop());
        assertThat(written(Topic.AGENTS, AgentStopped.class)).hasSize(1);
        assertThat(faults).isEmpty();
    }

    private AgentConfig config() {
        String yaml =
                """
                agent: eu-1
                kafka: { bootstrap-servers: "unused:9092" }
                servers:
                  - name: pg-1
                    uri: %s
                    databases:
                      - query: >-
                          select datname as name from pg_database where datname like 'agent\\_it%%'
                """
                        .formatted(postgres.uri("postgres"));
        return Settings.read(
                "agent.yaml",
                SettingsFile.parse("agent.yaml", yaml),
                new TreeMap<>(),
                AgentConfig::read);
    }

    private AgentHost host() {
        return new AgentHost(
                new SimpleMeterRegistry(),
                () -> "",
                (attempted, cause) -> faults.add(attempted + ": " + cause));
    }

    private List<DatabaseId> announced() {
        return written(Topic.AGENTS, ServerAnnounced.class).stream()
                .flatMap(event -> event.databases().stream())
                .map(each -> each.database())
                .toList();
    }

    private long append(Topic topic, FleetEvent event) {
        Entry entry = new Entry(topic, Envelope.counted("test:" + topic.label(), 1, event));
        return Await.value(log.writer().append(List.of(entry))).get(0).offset();
    }

    private <E extends FleetEvent> List<E> written(Topic topic, Class<E> type) {
        return broker.records(topic).stream()
                .map(record -> record.envelope().event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
