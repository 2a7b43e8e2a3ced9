package dev.skein.protocol.log;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An append as Kafka's records, and how many bytes they carry. */
record EncodedAppend(
        AppendRequest request, List<ProducerRecord<String, byte[]>> records, long bytes) {
    /**
     * @throws LogRefused if one of the entries is too large
     */
    static EncodedAppend of(AppendRequest request, RecordCodec codec) {
        List<ProducerRecord<String, byte[]>> records =
                request.entries().stream().map(codec::encode).toList();
        long bytes = records.stream().mapToLong(record -> record.value().length).sum();
        return new EncodedAppend(request, records, bytes);
    }
}
