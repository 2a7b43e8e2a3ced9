package dev.skein.protocol.log;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics where they are missing, and sees to it that those that exist lose nothing.
 *
 * <p>Blocks, for each topic at most twice the answer timeout, and 2 s more before a topic counts as
 * deleted. A process that may not create topics, such as an agent, gets along where they exist.
 */
final class LogTopics {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogTopics.class);
    private static final int LOOKS_MAX = 10;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Admin admin;
    private final TopicNames names;
    private final LogConfig config;
    private final Map<String, Uuid> ids = new TreeMap<>();
    private final Set<Topic> absent = new TreeSet<>();
    private final Set<Topic> others = new TreeSet<>();

    LogTopics(Admin admin, TopicNames names, LogConfig config) {
        this.admin = admin;
        this.names = names;
        this.config = config;
    }

    /**
     * The topics of an open log: what they are like, and which they are.
     *
     * @param absent those that do not exist and that this process may not create
     * @param begun whether decisions were written before, as far as this process may ask
     */
    record OpenTopics(
            TopicLayout layout, Map<String, Uuid> ids, Set<Topic> absent, boolean begun) {}

    /**
     * @throws LogUnavailable if the brokers do not answer, do not tell of what another process has
     *     just created, or a topic is missing that this process may not create
     * @throws LogRefused if the brokers refuse
     * @throws LogMisconfigured if the topics that exist would lose records, or have lost some
     */
    OpenTopics ensure() {
        List<TopicFacts> found = settled();
        require(found);
        if (found.size() < Topic.values().length) {
            List<Topic> existing = found.stream().map(TopicFacts::topic).toList();
            create(Stream.of(Topic.values()).filter(each -> !existing.contains(each)).toList());
            found = settled();
            require(found);
        }
        return open(found);
    }

    /**
     * A broker may not tell at once of what another process has just created. Before a topic counts
     * as deleted it is asked for again.
     */
    private List<TopicFacts> settled() {
        TopicReader reader = new TopicReader(admin, names);
        List<TopicFacts> found = reader.existing();
        for (int look = 1; look < LOOKS_MAX && (isDoubtful(found) || isHidden(found)); look++) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            found = reader.existing();
        }
        return found;
    }

    private boolean isDoubtful(List<TopicFacts> found) {
        return found.size() < Topic.values().length && !problems(found).isEmpty();
    }

    /** What another process has created has that one's number of partitions. */
    private boolean isHidden(List<TopicFacts> found) {
        return others.stream()
                .anyMatch(topic -> found.stream().noneMatch(each -> each.topic() == topic));
    }

    private List<TopicProblem> problems(List<TopicFacts> found) {
        return TopicCheck.problems(config.bootstrapServers(), names, found);
    }

    private void require(List<TopicFacts> found) {
        List<TopicProblem> problems = problems(found);
        if (!problems.isEmpty()) {
            throw new LogMisconfigured(config.bootstrapServers(), problems);
        }
    }

    private OpenTopics open(List<TopicFacts> found) {
        if (isHidden(found)) {
            throw new LogUnavailable(
                    "topics were just created by another process, and "
                            + config.bootstrapServers()
                            + " does not tell of them yet; start again",
                    null);
        }
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (TopicFacts each : found) {
            counts.put(each.topic(), each.partitions());
            ids.put(names.of(each.topic()), each.id());
        }
        // A broker may not tell at once of what it has just created.
        Stream.of(Topic.values())
                .forEach(topic -> counts.computeIfAbsent(topic, this::partitionsWanted));
        boolean begun =
                found.stream().anyMatch(each -> each.topic() == Topic.ROLLOUTS && each.records());
        return new OpenTopics(new TopicLayout(counts), ids, absent, begun);
    }

    /**
     * All in one request, which the controller takes as a whole: of two processes that start at the
     * same moment with other numbers of partitions, one creates all of them.
     */
    private void create(List<Topic> missing) {
        CreateTopicsResult created =
                admin.createTopics(missing.stream().map(this::wanted).toList());
        missing.forEach(
                topic -> created(topic, created).ifPresent(id -> ids.put(names.of(topic), id)));
    }

    /** The new topic's id, which the broker may tell here before it can be looked at. */
    private Optional<Uuid> created(Topic topic, CreateTopicsResult created) {
        String name = names.of(topic);
        try {
            Uuid id = KafkaAnswers.get(created.topicId(name));
            LOGGER.atInfo().addKeyValue("topic", name).log("Topic created");
            return Optional.of(id);
        } catch (TopicExistsException e) {
            // Another process was faster: what it made is looked at next.
            others.add(topic);
            return Optional.empty();
        } catch (AuthorizationException e) {
            if (!topic.isOfEveryLog()) {
                // The log is of before; nobody has written there yet.
                absent.add(topic);
                return Optional.empty();
            }
            throw new LogUnavailable(
                    ("topic %s does not exist and this process may not create it;"
                                    + " an orchestrator creates it when it starts")
                            .formatted(name),
                    e);
        } catch (KafkaException e) {
            throw KafkaFailures.translate("creation of topic " + name, e);
        }
    }

    private NewTopic wanted(Topic topic) {
        Optional<Short> copies = config.topics().replicationFactor().map(Integer::shortValue);
        return new NewTopic(names.of(topic), Optional.of(partitionsWanted(topic)), copies)
                .configs(configuration(topic));
    }

    private int partitionsWanted(Topic topic) {
        return switch (topic) {
            case ORDERS, PROGRESS -> config.topics().partitions();
            case PLANS, ROLLOUTS, AGENTS, SKIPS -> 1;
        };
    }

    private Map<String, String> configuration(Topic topic) {
        Map<String, String> configuration = new TreeMap<>(TopicRules.settings(topic));
        // With three copies an acknowledged record survives the loss of one broker.
        config.topics()
                .replicationFactor()
                .filter(copies -> copies > 2)
                .ifPresent(
                        ignored -> configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
        return configuration;
    }
}
