package dev.skein.protocol.log;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;

/**
 * Collects the brokers' answers to the records of one append.
 *
 * <p>All callbacks of one producer run on one thread of Kafka's, or fail on the sending thread.
 */
final class Acknowledgements {
    private final RecordCodec codec;
    private final Position[] positions;
    private final AtomicInteger missing;
    private final Consumer<List<Position>> complete;
    private final Consumer<Exception> failed;

    /**
     * @param complete told once, when all have been acknowledged
     * @param failed told of each record that was not
     */
    Acknowledgements(
            RecordCodec codec,
            int records,
            Consumer<List<Position>> complete,
            Consumer<Exception> failed) {
        this.codec = codec;
        this.positions = new Position[records];
        this.missing = new AtomicInteger(records);
        this.complete = complete;
        this.failed = failed;
    }

    Callback callback(int index) {
        return (metadata, failure) -> {
            if (failure != null) {
                failed.accept(failure);
                return;
            }
            positions[index] =
                    codec.position(metadata.topic(), metadata.partition(), metadata.offset());
            if (missing.decrementAndGet() == 0) {
                complete.accept(Arrays.asList(positions));
            }
        };
    }
}
