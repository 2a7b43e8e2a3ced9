package dev.skein.protocol.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;

/**
 * Reads single records, one after the other on a thread of its own, with a consumer that is made
 * when it is first needed.
 */
final class RecordReader {
    private static final Duration POLL_MAX = Duration.ofMillis(200);
    private static final int WAITING_MAX = 1_000;

    private final KafkaParts parts;
    private final ExecutorService thread = LogThreads.single("skein-log-reader");
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();

    /** Confined to the reader's thread. */
    private Optional<Consumer<String, byte[]>> consumer = Optional.empty();

    RecordReader(KafkaParts parts) {
        this.parts = parts;
    }

    Future<LogRecord> read(Position position) {
        return read(
                position,
                (record, whole) ->
                        parts.codec().decode(whole.get()).orElseThrow(() -> absent(position)));
    }

    /** The record as it is, readable or not. */
    Future<RawRecord> readRaw(Position position) {
        return read(position, (record, whole) -> parts.codec().raw(record));
    }

    /** Makes of a record, or of the whole that it is the first part of, what was asked for. */
    @FunctionalInterface
    private interface Decoder<T> {
        T decode(
                ConsumerRecord<String, byte[]> record,
                Supplier<ConsumerRecord<String, byte[]>> whole);
    }

    private <T> Future<T> read(Position position, Decoder<T> decoder) {
        ContextPromise<T> reply = ContextPromise.toCaller(parts.vertx());
        if (waiting.get() >= WAITING_MAX) {
            reply.fail(new LogUnavailable(WAITING_MAX + " reads wait already", null));
            return reply.future();
        }
        try {
            waiting.incrementAndGet();
            thread.execute(() -> read(position, decoder, reply));
        } catch (RejectedExecutionException e) {
            reply.fail(new LogUnavailable("reading " + position + ": the log is closed", null));
        }
        return reply.future();
    }

    private <T> void read(Position position, Decoder<T> decoder, ContextPromise<T> reply) {
        waiting.decrementAndGet();
        try {
            reply.succeed(find(position, decoder));
        } catch (KafkaException e) {
            discard();
            reply.fail(KafkaFailures.translate("reading " + position, e));
        } catch (RuntimeException e) {
            reply.fail(e);
        }
    }

    private <T> T find(Position position, Decoder<T> decoder) {
        Consumer<String, byte[]> reading = consumer.orElseGet(parts.clients()::readConsumer);
        consumer = Optional.of(reading);
        org.apache.kafka.common.TopicPartition partition =
                parts.names().partition(position.topicPartition());
        reading.assign(List.of(partition));
        try {
            reading.seek(partition, position.offset());
            ConsumerRecord<String, byte[]> record =
                    await(reading, partition, position).orElseThrow(() -> absent(position));
            return decoder.decode(record, () -> whole(reading, partition, record));
        } catch (InvalidOffsetException e) {
            throw absent(position);
        } finally {
            // Lets go of what was read ahead.
            reading.assign(List.of());
        }
    }

    /** Reads on where the record is the first part of a larger one. */
    private ConsumerRecord<String, byte[]> whole(
            Consumer<String, byte[]> reading,
            org.apache.kafka.common.TopicPartition partition,
            ConsumerRecord<String, byte[]> first) {
        PartAssembler assembler = new PartAssembler();
        Optional<ConsumerRecord<String, byte[]>> whole = assembler.add(first);
        long deadline = deadline();
        while (whole.isEmpty() && !closing.get() && System.nanoTime() < deadline) {
            for (ConsumerRecord<String, byte[]> part : reading.poll(POLL_MAX).records(partition)) {
                whole = whole.or(() -> assembler.add(part));
                deadline = deadline();
            }
        }
        Position position =
                parts.codec().position(first.topic(), first.partition(), first.offset());
        return whole.orElseThrow(() -> absent(position));
    }

    private long deadline() {
        return System.nanoTime() + parts.limits().answerTimeout().toNanos();
    }

    /** Waits, because a record just written becomes readable a moment after its writer knows. */
    private Optional<ConsumerRecord<String, byte[]>> await(
            Consumer<String, byte[]> reading,
            org.apache.kafka.common.TopicPartition partition,
            Position position) {
        long deadline = deadline();
        while (!closing.get() && System.nanoTime() < deadline) {
            List<ConsumerRecord<String, byte[]>> records =
                    reading.poll(POLL_MAX).records(partition);
            if (!records.isEmpty()) {
                return records.stream()
                        .filter(record -> record.offset() == position.offset())
                        .findFirst();
            }
            if (reading.position(partition) > position.offset()) {
                return Optional.empty();
            }
        }
        if (reading.endOffsets(List.of(partition)).get(partition) > position.offset()) {
            throw new LogUnavailable("the record at " + position + " was not sent in time", null);
        }
        return Optional.empty();
    }

    private static LogUnavailable absent(Position position) {
        return LogUnavailable.missing(position);
    }

    private void discard() {
        consumer.ifPresent(
                broken -> {
                    try {
                        broken.close(CloseOptions.timeout(Duration.ZERO));
                    } catch (KafkaException e) {
                        // It only read: nothing is lost with it.
                    }
                });
        consumer = Optional.empty();
    }

    /** Ends the thread; a read under way fails. */
    Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        if (closing.compareAndSet(false, true)) {
            thread.execute(
                    () -> {
                        discard();
                        ended.complete();
                    });
            thread.shutdown();
        }
        ended.future().onComplete(ignored -> reply.succeed(null));
        return reply.future();
    }
}
