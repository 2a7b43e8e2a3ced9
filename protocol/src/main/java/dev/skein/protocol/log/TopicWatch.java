package dev.skein.protocol.log;

import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks every two seconds whether the topics are still those that the log was opened with.
 *
 * <p>Kafka's consumers wait for ever for a topic that was deleted, and a start after that would
 * find an empty fleet. A broker that does not answer proves nothing; a topic counts as lost when it
 * is missing twice in a row, or is another one of the same name.
 */
final class TopicWatch {
    private static final long INTERVAL_MILLIS = 2_000;
    private static final int TOPICS_SHOWN_MAX = 3;

    private final KafkaClients clients;
    private final Map<String, Uuid> ids;
    private final Set<Consumer<RuntimeException>> listeners = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<RuntimeException> lost = Optional.empty();

    /** Confined to the watch's thread. */
    private List<String> missingBefore = List.of();

    private TopicWatch(KafkaClients clients, Map<String, Uuid> ids) {
        this.clients = clients;
        this.ids = new TreeMap<>(ids);
    }

    static TopicWatch start(KafkaClients clients, Map<String, Uuid> ids) {
        TopicWatch watch = new TopicWatch(clients, ids);
        LogThreads.daemon("skein-log-topics", watch::run).start();
        return watch;
    }

    /** Tells the listener once, on any thread, when a topic is lost; the answer takes it off. */
    Runnable onLoss(Consumer<RuntimeException> listener) {
        listeners.add(listener);
        lost.ifPresent(listener);
        return () -> listeners.remove(listener);
    }

    void close() {
        closing.countDown();
    }

    private void run() {
        try (Admin admin = clients.admin()) {
            while (!closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS) && lost.isEmpty()) {
                look(admin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Admin admin) {
        List<String> missing = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(ids.keySet()).topicNameValues();
        answers.forEach(
                (name, answer) -> {
                    Optional<Uuid> id = id(answer, name, missing);
                    id.filter(found -> !found.equals(ids.get(name)))
                            .ifPresent(found -> others.add(name));
                });
        List<String> gone = missing.stream().filter(missingBefore::contains).toList();
        missingBefore = missing;
        if (!others.isEmpty()) {
            lose(others, "was deleted and created again");
        } else if (!gone.isEmpty()) {
            lose(gone, "is gone");
        }
    }

    private static Optional<Uuid> id(
            KafkaFuture<TopicDescription> answer, String name, List<String> missing) {
        try {
            return Optional.of(KafkaAnswers.get(answer).topicId());
        } catch (UnknownTopicOrPartitionException e) {
            missing.add(name);
        } catch (KafkaException e) {
            // No answer proves nothing.
        }
        return Optional.empty();
    }

    private void lose(List<String> topics, String how) {
        RuntimeException failure =
                new LogCorrupt(
                        "topic %s %s while it was in use: its records are lost, and nothing may go"
                                        .formatted(ShortList.of(topics, TOPICS_SHOWN_MAX), how)
                                + " on without them. Restore it from a backup before the next"
                                + " start, which says what else can be done",
                        null);
        lost = Optional.of(failure);
        listeners.forEach(each -> each.accept(failure));
    }
}
