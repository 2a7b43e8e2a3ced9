package dev.skein.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skein.protocol.log.KafkaFailures.FailureClass;
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
    void everyExceptionHasItsKind(Exception failure, FailureClass kind) {
        assertThat(KafkaFailures.kind(failure)).isEqualTo(kind);
    }

    static Stream<Arguments> everyExceptionHasItsKind() {
        return Stream.of(
                arguments(new TimeoutException("60000 ms"), FailureClass.PASSING),
                arguments(new NotLeaderOrFollowerException("moved"), FailureClass.PASSING),
                arguments(new NotEnoughReplicasException("1 of 2"), FailureClass.PASSING),
                arguments(new BootstrapResolutionException("no such host"), FailureClass.PASSING),
                arguments(new TransactionAbortableException("abort"), FailureClass.PASSING),
                arguments(new TransactionAbortedException("aborted"), FailureClass.PASSING),
                arguments(new ProducerFencedException("newer epoch"), FailureClass.FENCED),
                arguments(new InvalidProducerEpochException("old epoch"), FailureClass.FENCED),
                arguments(new InvalidPidMappingException("expired"), FailureClass.FENCED),
                arguments(new OutOfOrderSequenceException("5 after 3"), FailureClass.FENCED),
                arguments(new UnknownProducerIdException("forgotten"), FailureClass.FENCED),
                arguments(new InvalidTxnStateException("no transaction"), FailureClass.FENCED),
                arguments(new TransactionCoordinatorFencedException("moved"), FailureClass.FENCED),
                arguments(new TopicAuthorizationException("skein.orders"), FailureClass.FORBIDDEN),
                arguments(
                        new TransactionalIdAuthorizationException("skein-l"),
                        FailureClass.FORBIDDEN),
                arguments(
                        new SaslAuthenticationException("wrong password"), FailureClass.FORBIDDEN),
                arguments(new InvalidTopicException("?"), FailureClass.REFUSED),
                arguments(new InvalidReplicationFactorException("3 of 1"), FailureClass.REFUSED),
                arguments(new ConfigException("acks"), FailureClass.REFUSED),
                arguments(new PolicyViolationException("no"), FailureClass.REFUSED),
                arguments(new RecordTooLargeException("17 MiB"), FailureClass.REFUSED),
                arguments(new SerializationException("key"), FailureClass.REFUSED),
                arguments(
                        new OffsetOutOfRangeException(Collections.singletonMap(PARTITION, 7L)),
                        FailureClass.LOST),
                arguments(new NoOffsetForPartitionException(PARTITION), FailureClass.LOST),
                arguments(new CorruptRecordException("checksum"), FailureClass.LOST),
                arguments(new KafkaException("what now"), FailureClass.UNKNOWN),
                arguments(new IllegalStateException("closed"), FailureClass.UNKNOWN));
    }

    @Test
    void theCauseDecidesWhereTheExceptionSaysNothing() {
        KafkaException wrapped =
                new KafkaException("in an error state", new ProducerFencedException("newer epoch"));

        assertThat(KafkaFailures.kind(wrapped)).isEqualTo(FailureClass.FENCED);
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
