package dev.skein.protocol.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads what the brokers tell of the log's topics. Blocks, at most the answer timeout a question.
 *
 * <p>A process that may not ask for settings or offsets, such as an agent, is told none.
 */
final class TopicReader {
    private final Admin admin;
    private final TopicNames names;

    TopicReader(Admin admin, TopicNames names) {
        this.admin = admin;
        this.names = names;
    }

    /**
     * The topics that exist.
     *
     * @throws LogUnavailable if the brokers do not answer
     * @throws LogRefused if the brokers refuse
     */
    List<TopicFacts> existing() {
        Map<Topic, TopicDescription> described = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(names.all()).topicNameValues();
        for (Topic topic : Topic.values()) {
            description(names.of(topic), answers)
                    .ifPresent(description -> described.put(topic, description));
        }
        Map<String, Map<String, String>> settings = settings(described.values());
        List<TopicFacts> facts = new ArrayList<>();
        described.forEach(
                (topic, found) ->
                        facts.add(
                                facts(
                                        topic,
                                        found,
                                        settings.getOrDefault(names.of(topic), Map.of()))));
        return facts;
    }

    private static Optional<TopicDescription> description(
            String name, Map<String, KafkaFuture<TopicDescription>> answers) {
        try {
            return Optional.of(KafkaAnswers.get(answers.get(name)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw KafkaFailures.translate("description of topic " + name, e);
        }
    }

    private Map<String, Map<String, String>> settings(Collection<TopicDescription> described) {
        List<ConfigResource> resources =
                described.stream()
                        .map(each -> new ConfigResource(ConfigResource.Type.TOPIC, each.name()))
                        .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        admin.describeConfigs(resources)
                .values()
                .forEach(
                        (resource, answer) -> {
                            Map<String, String> values = new HashMap<>();
                            allowed("settings of topic " + resource.name(), answer)
                                    .ifPresent(
                                            config ->
                                                    config.entries()
                                                            .forEach(
                                                                    each ->
                                                                            values.put(
                                                                                    each.name(),
                                                                                    each.value())));
                            settings.put(resource.name(), values);
                        });
        return settings;
    }

    private TopicFacts facts(
            Topic topic, TopicDescription described, Map<String, String> settings) {
        Map<Integer, Long> first = offsets(described, OffsetSpec.earliest());
        Map<Integer, Long> ends = offsets(described, OffsetSpec.latest());
        return new TopicFacts(
                topic,
                described.topicId(),
                described.partitions().size(),
                settings,
                first,
                ends.values().stream().anyMatch(end -> end > 0));
    }

    private Map<Integer, Long> offsets(TopicDescription described, OffsetSpec spec) {
        Map<org.apache.kafka.common.TopicPartition, OffsetSpec> wanted =
                described.partitions().stream()
                        .collect(
                                Collectors.toMap(
                                        each ->
                                                new org.apache.kafka.common.TopicPartition(
                                                        described.name(), each.partition()),
                                        each -> spec));
        Map<Integer, Long> offsets = new TreeMap<>();
        allowed("offsets of topic " + described.name(), admin.listOffsets(wanted).all())
                .ifPresent(
                        found ->
                                found.forEach(
                                        (partition, at) ->
                                                offsets.put(partition.partition(), at.offset())));
        return offsets;
    }

    private static <T> Optional<T> allowed(String asked, KafkaFuture<T> answer) {
        try {
            return Optional.of(KafkaAnswers.get(answer));
        } catch (AuthorizationException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw KafkaFailures.translate("reading the " + asked, e);
        }
    }
}
