package dev.skein.ops.sim;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.PlanPublished;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.LogRecord;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The log: partitions that only grow, one fenced writer for decisions, readers that are told late.
 */
final class SimLog {
    private static final int PARTITIONS = 3;

    private final World world;
    private final SortedMap<TopicPartition, List<LogRecord>> topicPartitions = new TreeMap<>();
    private final List<LogRecord> inOrder = new ArrayList<>();
    private final List<LogReader> readers = new ArrayList<>();
    private int term;
    private int restores;

    SimLog(World world) {
        this.world = world;
        for (Topic topic : Topic.values()) {
            for (int i = 0; i < partitions(topic); i++) {
                topicPartitions.put(new TopicPartition(topic, i), new ArrayList<>());
            }
        }
    }

    private static int partitions(Topic topic) {
        return topic == Topic.ORDERS || topic == Topic.PROGRESS ? PARTITIONS : 1;
    }

    /** Whoever held an earlier term can append nothing any more. */
    int fence() {
        return ++term;
    }

    int term() {
        return term;
    }

    /** How often the log was put back; what was on its way to it then never arrives. */
    int restores() {
        return restores;
    }

    /** Only so many of its first records are left, and what was decided meanwhile is fenced. */
    void restore(int records) {
        putInPlace(List.copyOf(inOrder.subList(0, records)));
    }

    /** A log with another identity, which holds the plans. */
    void replace() {
        putInPlace(
                inOrder.stream()
                        .filter(each -> each.position().topicPartition().topic() == Topic.PLANS)
                        .toList());
    }

    private void putInPlace(List<LogRecord> kept) {
        restores++;
        fence();
        world.note("the log is put back by " + (inOrder.size() - kept.size()) + " records");
        inOrder.clear();
        topicPartitions.values().forEach(List::clear);
        world.auditor().restored();
        for (LogRecord record : kept) {
            add(record);
        }
    }

    private void add(LogRecord record) {
        topicPartitions.get(record.position().topicPartition()).add(record);
        inOrder.add(record);
        world.auditor().appended(record);
    }

    /** All or none. */
    List<Position> append(List<Entry> entries) {
        List<Position> positions = new ArrayList<>();
        for (Entry entry : entries) {
            String key = entry.envelope().event().key();
            TopicPartition topicPartition = partitionOf(entry.topic(), key);
            Position position = new Position(topicPartition, end(topicPartition));
            LogRecord record = new LogRecord(position, key, world.agenda().now(), entry.envelope());
            positions.add(position);
            world.note("append " + position + " " + entry.envelope().event());
            add(record);
        }
        for (LogReader reader : List.copyOf(readers)) {
            positions.forEach(position -> reader.wake(position.topicPartition()));
        }
        return positions;
    }

    private static TopicPartition partitionOf(Topic topic, String key) {
        return new TopicPartition(topic, Math.floorMod(key.hashCode(), partitions(topic)));
    }

    Collection<TopicPartition> all() {
        return topicPartitions.keySet();
    }

    List<TopicPartition> of(Topic topic) {
        return topicPartitions.keySet().stream()
                .filter(topicPartition -> topicPartition.topic() == topic)
                .toList();
    }

    /** The plan that an order names, as an agent reads it. */
    Plan planOf(OrderIssued order) {
        TopicPartition topicPartition = partitionOf(Topic.PLANS, order.plan().value());
        LogRecord record = topicPartitions.get(topicPartition).get((int) order.planOffset());
        return ((PlanPublished) record.envelope().event()).content();
    }

    /** All records in the order of their arrival. */
    List<LogRecord> records() {
        return inOrder;
    }

    List<LogRecord> records(TopicPartition topicPartition) {
        return topicPartitions.get(topicPartition);
    }

    long end(TopicPartition topicPartition) {
        return topicPartitions.get(topicPartition).size();
    }

    /** How many records there are beside what agents say of themselves. */
    long works() {
        return topicPartitions.entrySet().stream()
                .filter(each -> each.getKey().topic() != Topic.AGENTS)
                .mapToLong(each -> each.getValue().size())
                .sum();
    }

    void attach(LogReader reader) {
        readers.removeIf(LogReader::isOver);
        readers.add(reader);
    }
}
