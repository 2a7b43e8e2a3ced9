package dev.skein.protocol.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Whether the topics that exist keep what the log needs kept.
 *
 * <p>The log is the state: a record that a topic forgets is a decision or a report that nobody can
 * repeat. So whatever would make it forget is a problem before it has done so.
 */
final class TopicCheck {
    private static final String UNLIMITED = "-1";

    private final String servers;
    private final TopicNames names;
    private final Map<Topic, TopicFacts> topics = new EnumMap<>(Topic.class);
    private final List<TopicProblem> problems = new ArrayList<>();

    private TopicCheck(String servers, TopicNames names, Collection<TopicFacts> topics) {
        this.servers = servers;
        this.names = names;
        topics.forEach(each -> this.topics.put(each.topic(), each));
    }

    /** All problems, topic by topic; {@code servers} are for the commands that mend them. */
    static List<TopicProblem> problems(
            String servers, TopicNames names, Collection<TopicFacts> topics) {
        TopicCheck check = new TopicCheck(servers, names, topics);
        check.missing();
        check.topics.values().forEach(check::settings);
        check.topics.values().forEach(check::beginning);
        check.partitions();
        return check.problems;
    }

    /** A topic that is missing beside one with records has been deleted. */
    private void missing() {
        Optional<TopicFacts> used =
                topics.values().stream().filter(TopicFacts::records).findFirst();
        if (used.isEmpty()) {
            return;
        }
        for (Topic topic : Topic.values()) {
            if (topic.isOfEveryLog() && !topics.containsKey(topic)) {
                add(
                        topic,
                        "it does not exist, though %s has records: it was deleted, and what was in"
                                        .formatted(names.of(used.get().topic()))
                                + " it is lost",
                        "restore it from a backup; or, to go on without its records: "
                                + creation(topic));
            }
        }
    }

    private String creation(Topic topic) {
        Topic twin = topic == Topic.ORDERS ? Topic.PROGRESS : Topic.ORDERS;
        boolean counted = topic == Topic.ORDERS || topic == Topic.PROGRESS;
        int partitions = counted && topics.containsKey(twin) ? topics.get(twin).partitions() : 1;
        return "kafka-topics.sh --bootstrap-server %s --create --topic %s --partitions %d"
                        .formatted(servers, names.of(topic), partitions)
                + TopicRules.settings(topic).entrySet().stream()
                        .map(each -> " --config " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    private void settings(TopicFacts facts) {
        Map<String, String> wrong = new LinkedHashMap<>();
        TopicRules.settings(facts.topic())
                .forEach(
                        (setting, wanted) -> {
                            String value = facts.settings().get(setting);
                            if (value != null && !isEnough(facts, setting, value, wanted)) {
                                wrong.put(setting, wanted);
                            }
                        });
        wrong.forEach(
                (setting, wanted) ->
                        add(
                                facts.topic(),
                                "%s is %s, and has to be %s: %s"
                                        .formatted(
                                                setting,
                                                facts.settings().get(setting),
                                                wanted,
                                                consequence(setting)),
                                alteration(facts.topic(), setting, wanted)));
    }

    private static boolean isEnough(TopicFacts facts, String setting, String value, String wanted) {
        return switch (setting) {
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG ->
                    Long.parseLong(value) >= Long.parseLong(wanted);
            case TopicConfig.CLEANUP_POLICY_CONFIG ->
                    value.equals(wanted) || keepsEverything(facts, value);
            case TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG ->
                    value.equals(wanted);
            // Who writes the time of a record loses none.
            default -> true;
        };
    }

    /** Without compaction and without a limit a topic only grows. */
    private static boolean keepsEverything(TopicFacts facts, String policy) {
        return policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)
                && UNLIMITED.equals(facts.settings().get(TopicConfig.RETENTION_MS_CONFIG))
                && UNLIMITED.equals(facts.settings().get(TopicConfig.RETENTION_BYTES_CONFIG));
    }

    private static String consequence(String setting) {
        return switch (setting) {
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG -> "larger records would be refused";
            case TopicConfig.CLEANUP_POLICY_CONFIG -> "records that are needed would be removed";
            default -> "records would be deleted, and nobody can write them again";
        };
    }

    private String alteration(Topic topic, String setting, String wanted) {
        return "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics"
                        .formatted(servers)
                + " --entity-name %s --add-config %s=%s"
                        .formatted(names.of(topic), setting, wanted);
    }

    private void beginning(TopicFacts facts) {
        if (!TopicRules.isKeptForEver(facts.topic())) {
            return;
        }
        facts.firstOffsets()
                .forEach(
                        (partition, first) -> {
                            if (first > 0) {
                                add(facts.topic(), gone(partition, first), restoration());
                            }
                        });
    }

    private static String gone(int partition, long first) {
        return "partition %d begins at offset %d: the %d before were deleted, and the state of the"
                        .formatted(partition, first, first)
                + " fleet cannot be told without them";
    }

    private static String restoration() {
        return "restore the topic from a backup, or begin a new log under another"
                + " kafka.topic-prefix";
    }

    private void partitions() {
        count(Topic.ROLLOUTS).filter(count -> count != 1).ifPresent(this::severalOfRollouts);
        Optional<Integer> orders = count(Topic.ORDERS);
        Optional<Integer> progress = count(Topic.PROGRESS);
        if (orders.isPresent() && progress.isPresent() && !orders.equals(progress)) {
            boolean fewerOrders = orders.get() < progress.get();
            Topic smaller = fewerOrders ? Topic.ORDERS : Topic.PROGRESS;
            add(
                    smaller,
                    "topic orders has %d partitions, topic progress has %d; they need equally many"
                            .formatted(orders.get(), progress.get()),
                    more(smaller, Math.max(orders.get(), progress.get())));
        }
    }

    /** That orders and progress have another number of partitions than the log began with. */
    static LogMisconfigured spread(LogConfig config, int begun, int now) {
        TopicNames names = new TopicNames(config.topicPrefix());
        List<TopicProblem> problems =
                Stream.of(Topic.ORDERS, Topic.PROGRESS)
                        .map(
                                topic ->
                                        new TopicProblem(
                                                names.of(topic),
                                                spreadWords(begun, now),
                                                restoration()))
                        .toList();
        return new LogMisconfigured(config.bootstrapServers(), problems);
    }

    private static String spreadWords(int begun, int now) {
        return "it has %d partitions, and the log began with %d: a database's records of before lie"
                        .formatted(now, begun)
                + " in another partition than those of now, and its agent would not find them;"
                + " Kafka takes no partition away again";
    }

    private Optional<Integer> count(Topic topic) {
        return Optional.ofNullable(topics.get(topic)).map(TopicFacts::partitions);
    }

    private void severalOfRollouts(int count) {
        add(
                Topic.ROLLOUTS,
                "topic rollouts has %d partitions; it needs exactly 1".formatted(count),
                topics.get(Topic.ROLLOUTS).records()
                        ? restoration()
                        : "kafka-topics.sh --bootstrap-server %s --delete --topic %s; it is created"
                                        .formatted(servers, names.of(Topic.ROLLOUTS))
                                + " again at the next start");
    }

    /** Keys move when a topic grows, so that only an empty one may. */
    private String more(Topic topic, int partitions) {
        return topics.get(topic).records()
                ? restoration()
                : "kafka-topics.sh --bootstrap-server %s --alter --topic %s --partitions %d"
                        .formatted(servers, names.of(topic), partitions);
    }

    private void add(Topic topic, String found, String remedy) {
        problems.add(new TopicProblem(names.of(topic), found, remedy));
    }
}
