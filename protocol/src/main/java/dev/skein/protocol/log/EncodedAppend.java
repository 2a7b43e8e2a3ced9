package dev.skein.protocol.log;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An append as Kafka's records, and how many bytes they carry.
 *
 * @param firsts for each entry the index of its first record
 */
record EncodedAppend(
        AppendRequest request,
        List<ProducerRecord<String, byte[]>> records,
        List<Integer> firsts,
        long bytes) {
    /**
     * @throws LogRefused if one of the entries is too large
     */
    static EncodedAppend of(AppendRequest request, RecordCodec codec) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        for (Entry entry : request.entries()) {
            firsts.add(records.size());
            records.addAll(codec.encode(entry));
        }
        long bytes = records.stream().mapToLong(record -> record.value().length).sum();
        return new EncodedAppend(request, records, firsts, bytes);
    }

    /** What belongs to the first record of each entry, of what belongs to each record. */
    <T> List<T> firstsOf(List<T> each) {
        return firsts.stream().map(each::get).toList();
    }
}
