package dev.skein.protocol.log;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * What the broker says about one topic that exists.
 *
 * @param id differs from that of a topic of the same name that was there before
 * @param settings those in force, the broker's defaults counted in; empty where this process may
 *     not ask for them
 * @param firstOffsets of each partition, where this process may ask
 * @param records whether a record was ever written to it
 */
record TopicFacts(
        Topic topic,
        Uuid id,
        int partitions,
        Map<String, String> settings,
        Map<Integer, Long> firstOffsets,
        boolean records) {
    TopicFacts {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        firstOffsets = Collections.unmodifiableMap(new TreeMap<>(firstOffsets));
    }
}
