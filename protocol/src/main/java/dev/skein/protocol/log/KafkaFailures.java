package dev.skein.protocol.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.BootstrapResolutionException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionCoordinatorFencedException;

/**
 * What an exception of Kafka's clients means to a caller; the only place that knows their types.
 *
 * <p>The nearest class of the table decides, first for the exception, then for what caused it.
 */
final class KafkaFailures {
    /** What is left to do. */
    enum FailureClass {
        /** The same call may succeed later. */
        PASSING,
        /** This producer can write no more; another one took over, or the brokers lost track. */
        FENCED,
        /** The brokers do not let this client do this. */
        FORBIDDEN,
        /** The same call will fail again until a person changes something. */
        REFUSED,
        /** Records that should be there are not. */
        LOST,
        /** Not in the table. */
        UNKNOWN
    }

    private static final Map<Class<? extends Exception>, FailureClass> TABLE = table();
    private static final int CAUSES_MAX = 10;

    private KafkaFailures() {}

    private static Map<Class<? extends Exception>, FailureClass> table() {
        Map<Class<? extends Exception>, FailureClass> table = new LinkedHashMap<>();
        table.put(RetriableException.class, FailureClass.PASSING);
        table.put(BootstrapResolutionException.class, FailureClass.PASSING);
        table.put(TransactionAbortableException.class, FailureClass.PASSING);
        table.put(TransactionAbortedException.class, FailureClass.PASSING);
        // KIP-1050: the application has to be started again, among them ProducerFencedException.
        table.put(ApplicationRecoverableException.class, FailureClass.FENCED);
        table.put(OutOfOrderSequenceException.class, FailureClass.FENCED);
        table.put(InvalidTxnStateException.class, FailureClass.FENCED);
        table.put(TransactionCoordinatorFencedException.class, FailureClass.FENCED);
        table.put(AuthorizationException.class, FailureClass.FORBIDDEN);
        table.put(AuthenticationException.class, FailureClass.FORBIDDEN);
        table.put(InvalidConfigurationException.class, FailureClass.REFUSED);
        table.put(ConfigException.class, FailureClass.REFUSED);
        table.put(PolicyViolationException.class, FailureClass.REFUSED);
        table.put(RecordTooLargeException.class, FailureClass.REFUSED);
        table.put(SerializationException.class, FailureClass.REFUSED);
        table.put(InvalidOffsetException.class, FailureClass.LOST);
        // Retriable by its type, but what is broken on disk stays broken.
        table.put(CorruptRecordException.class, FailureClass.LOST);
        return Collections.unmodifiableMap(table);
    }

    static FailureClass kind(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < CAUSES_MAX; depth++) {
            Optional<FailureClass> kind = byClass(each.getClass());
            if (kind.isPresent()) {
                return kind.get();
            }
            each = each.getCause();
        }
        return FailureClass.UNKNOWN;
    }

    private static Optional<FailureClass> byClass(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            FailureClass kind = TABLE.get(each);
            if (kind != null) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The failure that a caller of the log sees. */
    static RuntimeException translate(String attempted, Throwable failure) {
        String message = attempted + ": " + reason(failure);
        return switch (kind(failure)) {
            case PASSING, UNKNOWN -> new LogUnavailable(message, failure);
            case FENCED -> new LogFenced(message, failure);
            case FORBIDDEN, REFUSED -> new LogRefused(message, failure);
            case LOST -> new LogCorrupt(message, failure);
        };
    }

    /** The exception's own words, or its cause's where they say no more than that there is one. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (failure.getCause() != null && kind(failure.getCause()) != FailureClass.UNKNOWN) {
            return reason(failure.getCause());
        }
        return message == null ? failure.toString() : message;
    }
}
