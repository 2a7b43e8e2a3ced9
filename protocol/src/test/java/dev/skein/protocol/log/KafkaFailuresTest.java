package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skein.protocol.log.KafkaFailures.Kind;
import java.util.Collections;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.BootstrapResolutionException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KafkaFailuresTest {
    private static final TopicPartition PARTITION = new TopicPartition("skein.orders", 3);

    @ParameterizedTest
    @MethodSource
    void everyExceptionHasItsKind(Exception failure, Kind kind) {
        assertThat(KafkaFailures.kind(failure)).isEqualTo(kind);
    }

    static Stream<Arguments> everyExceptionHasItsKind() {
        return Stream.of(
                arguments(new TimeoutException("60000 ms"), Kind.PASSING),
                arguments(new NotLeaderOrFollowerException("moved"), Kind.PASSING),
                arguments(new NotEnoughReplicasException("1 of 2"), Kind.PASSING),
                arguments(new BootstrapResolutionException("no such host"), Kind.PASSING),
                arguments(new TransactionAbortableException("abort"), Kind.PASSING),
                arguments(new TransactionAbortedException("aborted"), Kind.PASSING),
                arguments(new ProducerFencedException("newer epoch"), Kind.FENCED),
                arguments(new InvalidProducerEpochException("old epoch"), Kind.FENCED),
                arguments(new InvalidPidMappingException("expired"), Kind.FENCED),
                arguments(new OutOfOrderSequenceException("5 after 3"), Kind.FENCED),
                arguments(new UnknownProducerIdException("forgotten"), Kind.FENCED),
                arguments(new InvalidTxnStateException("no transaction"), Kind.FENCED),
                arguments(new TransactionCoordinatorFencedException("moved"), Kind.FENCED),
                arguments(new TopicAuthorizationException("skein.orders"), Kind.FORBIDDEN),
                arguments(new TransactionalIdAuthorizationException("skein-l"), Kind.FORBIDDEN),
                arguments(new SaslAuthenticationException("wrong password"), Kind.FORBIDDEN),
                arguments(new InvalidTopicException("?"), Kind.REFUSED),
                arguments(new InvalidReplicationFactorException("3 of 1"), Kind.REFUSED),
                arguments(new ConfigException("acks"), Kind.REFUSED),
                arguments(new PolicyViolationException("no"), Kind.REFUSED),
                arguments(new RecordTooLargeException("17 MiB"), Kind.REFUSED),
                arguments(new SerializationException("key"), Kind.REFUSED),
                arguments(
                        new OffsetOutOfRangeException(Collections.singletonMap(PARTITION, 7L)),
                        Kind.LOST),
                arguments(new NoOffsetForPartitionException(PARTITION), Kind.LOST),
                arguments(new CorruptRecordException("checksum"), Kind.LOST),
                arguments(new KafkaException("what now"), Kind.UNKNOWN),
                arguments(new IllegalStateException("closed"), Kind.UNKNOWN));
    }

    @Test
    void theCauseDecidesWhereTheExceptionSaysNothing() {
        KafkaException wrapped =
                new KafkaException("in an error state", new ProducerFencedException("newer epoch"));

        assertThat(KafkaFailures.kind(wrapped)).isEqualTo(Kind.FENCED);
        assertThat(KafkaFailures.translate("append of 2 entries", wrapped))
                .isInstanceOf(LogFenced.class)
                .hasMessage("append of 2 entries: newer epoch")
                .hasCause(wrapped);
    }

    @Test
    void everyKindBecomesAFailureOfTheLog() {
        assertThat(KafkaFailures.translate("x", new TimeoutException("late")))
                .isInstanceOf(LogUnavailable.class);
        assertThat(KafkaFailures.translate("x", new KafkaException("what now")))
                .isInstanceOf(LogUnavailable.class);
        assertThat(KafkaFailures.translate("x", new RecordTooLargeException("17 MiB")))
                .isInstanceOf(LogRefused.class);
        assertThat(KafkaFailures.translate("x", new TopicAuthorizationException("t")))
                .isInstanceOf(LogRefused.class);
        assertThat(KafkaFailures.translate("x", new CorruptRecordException("checksum")))
                .isInstanceOf(LogCorrupt.class);
    }
}
