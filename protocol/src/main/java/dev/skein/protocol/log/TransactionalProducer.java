package dev.skein.protocol.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's transactional producer, one transaction at a time. Blocks; for one thread. */
final class TransactionalProducer {
    private static final int TRIES_TO_END = 3;

    private final Producer<String, byte[]> producer;
    private final RecordCodec codec;

    private TransactionalProducer(Producer<String, byte[]> producer, RecordCodec codec) {
        this.producer = producer;
        this.codec = codec;
    }

    /** Fences older producers of the name and ends what they left open. */
    static TransactionalProducer open(KafkaParts parts, String name) {
        Producer<String, byte[]> producer = parts.clients().exclusiveProducer(name);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new TransactionalProducer(producer, parts.codec());
    }

    /**
     * Begins a transaction and waits until the brokers hold all its records. Whatever is thrown,
     * nothing of it will be read unless it is committed.
     */
    Map<AppendRequest, List<Position>> write(List<EncodedAppend> group) {
        producer.beginTransaction();
        Map<EncodedAppend, List<Future<RecordMetadata>>> sent = new LinkedHashMap<>();
        group.forEach(append -> sent.put(append, send(append.records())));
        producer.flush();
        Map<AppendRequest, List<Position>> positions = new LinkedHashMap<>();
        sent.forEach(
                (append, each) ->
                        positions.put(append.request(), append.firstsOf(positions(each))));
        return positions;
    }

    private List<Future<RecordMetadata>> send(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        records.forEach(record -> sent.add(producer.send(record)));
        return sent;
    }

    private List<Position> positions(List<Future<RecordMetadata>> sent) {
        return sent.stream().map(TransactionalProducer::acknowledged).map(this::position).toList();
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure
                    ? failure
                    : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Position position(RecordMetadata metadata) {
        return codec.position(metadata.topic(), metadata.partition(), metadata.offset());
    }

    /** Makes the records readable. If this throws, it is not known whether they are. */
    void commit() {
        end(producer::commitTransaction);
    }

    /** Makes sure that the records will never be readable. */
    void abort() {
        end(producer::abortTransaction);
    }

    /** Kafka's Javadoc: after a timeout the same call has to be made again, and no other. */
    private static void end(Runnable call) {
        for (int attempt = 1; ; attempt++) {
            try {
                call.run();
                return;
            } catch (TimeoutException e) {
                if (attempt == TRIES_TO_END) {
                    throw e;
                }
            }
        }
    }

    void close(Duration max) {
        producer.close(max);
    }
}
