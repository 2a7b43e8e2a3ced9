package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.tidy.ShellBlock;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.LeadershipTaken;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.ForeignRecords;
import dev.skein.protocol.log.KafkaEventLog;
import dev.skein.protocol.log.LogConfig;
import dev.skein.protocol.log.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/**
 * Runs the blocks marked {@code sh run} of all documents but the main README, which {@link
 * ReadmeIT} runs: in this process, one after the other, against a server. What a reader has of his
 * own (files, addresses, names of databases) is laid out by the document's {@link Given}.
 */
class DocumentsIT {
    private static final String GROUP = "documents";

    @RegisterExtension static final CommandFleet FLEET = new CommandFleet(GROUP);

    /** Words of the document, and what is there for them. */
    private interface Given {
        Map<String, String> words(Path directory) throws IOException;
    }

    private static final Map<String, Given> GIVEN =
            Map.of(
                    "agent/README.md", directory -> Map.of(),
                    "ops/docs/operating.md", DocumentsIT::aTenantThatLeft,
                    "ops/docs/rehearsal.md", DocumentsIT::twoSchemas,
                    "ops/docs/runbooks.md", DocumentsIT::aRecordThatStopsEveryReader);

    /** Those that find something, and say so. */
    private static final List<String> END_WITH_1 =
            List.of("skein log inspect --config orchestrator.yaml");

    @TempDir private Path directory;

    private static Stream<String> documents() {
        return ShellBlock.all().stream()
                .filter(ShellBlock::runs)
                .map(DocumentsIT::name)
                .filter(name -> !name.equals("README.md"))
                .distinct();
    }

    private static String name(ShellBlock block) {
        Path top = Path.of("..").toAbsolutePath().normalize();
        return top.relativize(block.document().toAbsolutePath().normalize()).toString();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsOfTheDocumentRunInTheirOrder(String document) throws IOException {
        Map<String, String> words = GIVEN.get(document).words(directory);
        for (ShellBlock block : ShellBlock.all()) {
            if (block.runs() && name(block).equals(document)) {
                for (String command : block.commands()) {
                    run(command, words);
                }
            }
        }
    }

    private static void run(String command, Map<String, String> words) {
        String[] arguments =
                ShellBlock.words(command).stream()
                        .skip(1)
                        .map(word -> words.getOrDefault(word, word))
                        .toArray(String[]::new);
        Said said = asksAServer(arguments) ? FLEET.said(arguments) : Said.by(arguments);
        said.endedWith(END_WITH_1.contains(command) ? 1 : 0);
        assertThat(said.out()).as(command).isNotBlank();
    }

    private static boolean asksAServer(String... arguments) {
        ParseResult parsed = SkeinCommand.commandLine().parseArgs(arguments);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec().findOption("--server") != null;
    }

    @Test
    void everyDocumentThatRunsIsHere() {
        assertThat(documents()).containsExactlyInAnyOrderElementsOf(GIVEN.keySet());
    }

    /** A rollout waits for a person behind its canary, and a tenant of its second wave leaves. */
    private static Map<String, String> aTenantThatLeft(Path directory) throws IOException {
        String plan = directory.resolve("plan.json").toString();
        Path migrations = Files.createDirectory(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("0001_customer.up.sql"), "create table c (id int);");
        Said.by("plan", "build", migrations.toString(), "--format", "sql", "-o", plan).done();
        Path strategy =
                Files.writeString(
                        directory.resolve("strategy.yaml"),
                        "select: { labels: { group: documents } }\n"
                                + "waves:\n"
                                + "  - { name: canary, count: 1, approval: required }\n"
                                + "  - { name: everyone, percent: 100 }\n");
        FLEET.said("rollout", "open", "--plan", plan, "--strategy", strategy.toString()).done();
        FLEET.untilPhase("latest", "awaiting-approval");
        String left =
                FLEET.say("rollout status --wave everyone -o json")
                        .json()
                        .at("/databaseList/0/database")
                        .asText();
        return Map.of("pg-1/acme", left);
    }

    private static Map<String, String> twoSchemas(Path directory) throws IOException {
        String shop = TestServers.freshDatabase("shop");
        TestServers.postgres().execute(shop, "create table customer (id int primary key)");
        Path schema =
                Files.writeString(
                        directory.resolve("schema.sql"),
                        "create table customer (id int primary key, name text);");
        return Map.of(
                "postgresql://me@db/shop", Scratch.uri().replaceAll("/postgres$", "/" + shop),
                "schema.sql", schema.toString(),
                "db/migration", directory.resolve("db/migration").toString());
    }

    private static Map<String, String> aRecordThatStopsEveryReader(Path directory)
            throws IOException {
        LogConfig log =
                LogConfig.of(TestServers.kafka().bootstrapServers()).withTopicPrefix("runbooks");
        Path config =
                Files.writeString(
                        directory.resolve("orchestrator.yaml"),
                        "orchestrator: one\nkafka: { bootstrap-servers: '%s', topic-prefix: %s }\n"
                                .formatted(log.bootstrapServers(), log.topicPrefix()));
        Vertx vertx = Vertx.vertx();
        KafkaEventLog opened =
                Await.value(KafkaEventLog.open(vertx, log, new SimpleMeterRegistry()));
        LeadershipTaken leader = new LeadershipTaken("one", "http://one", Instant.EPOCH);
        Entry entry = new Entry(Topic.ROLLOUTS, Envelope.uncounted("orchestrator:one", leader));
        Await.value(opened.writer().append(List.of(entry)));
        Await.value(vertx.close());
        return Map.of(
                "orchestrator.yaml",
                config.toString(),
                "rollouts/0/17",
                ForeignRecords.append(log, Topic.ROLLOUTS, "r-1", "{\"half\": ").path());
    }
}
