package dev.skein.protocol.log;

import dev.skein.protocol.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An election by Kafka's group membership: the member that is assigned the one partition of the
 * topic of rollouts leads.
 *
 * <p>Its thread polls without ever reading, to keep the membership. A leader may still think that
 * it leads when another one is elected, so what a leader writes has to be fenced besides.
 */
final class KafkaLeaderElection implements LeaderElection {
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaLeaderElection.class);
    private static final Duration POLL_MAX = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = Backoff.constant(Duration.ofSeconds(2));

    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final KafkaParts parts;
    private final String election;
    private final Candidate candidate;
    private final Context context;
    private final Promise<Void> ended = Promise.promise();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Consumer<String, byte[]> consumer;

    /** Confined to the polling thread, as are the next two. */
    private boolean leads;

    private boolean doubted;
    private long heardAtNanos = System.nanoTime();

    private KafkaLeaderElection(KafkaParts parts, String election, Candidate candidate) {
        this.parts = parts;
        this.election = election;
        this.candidate = candidate;
        this.context = parts.vertx().getOrCreateContext();
    }

    static KafkaLeaderElection enter(KafkaParts parts, String election, Candidate candidate) {
        KafkaLeaderElection leaderElection = new KafkaLeaderElection(parts, election, candidate);
        LogThreads.daemon("skein-log-campaign-" + election, leaderElection::run).start();
        return leaderElection;
    }

    private void run() {
        try {
            while (!closed()) {
                stand();
            }
        } catch (InterruptException | InterruptedException e) {
            LOGGER.atWarn().addKeyValue("election", election).log("Election interrupted");
        } finally {
            lead(false);
            ContextPromise.enter(context, ended::tryComplete);
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    /** One membership of the consumer group, until it is closed or Kafka refuses. */
    private void stand() throws InterruptedException {
        try (Consumer<String, byte[]> member = parts.clients().candidateConsumer(election)) {
            consumer = member;
            member.subscribe(List.of(parts.names().of(Topic.ROLLOUTS)), new Membership());
            while (!closed()) {
                poll(member);
            }
            member.close(CloseOptions.timeout(CLOSE_MAX));
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("election", election)
                    .addKeyValue("error", KafkaFailures.reason(e))
                    .log("Cannot take part in the election, trying again");
            lead(false);
            closing.await(BACKOFF.after(1).toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            consumer = null;
        }
    }

    private void poll(Consumer<String, byte[]> member) {
        try {
            member.poll(POLL_MAX);
            // Kafka's membership says nothing of a broker that is silent: so it is asked something.
            member.endOffsets(member.assignment(), ANSWER_MAX);
            heardAtNanos = System.nanoTime();
        } catch (TimeoutException e) {
            // Silence: how long it lasts decides.
        } catch (WakeupException e) {
            // It was closed: the loop ends.
        }
        long silentNanos = System.nanoTime() - heardAtNanos;
        doubt(leads && silentNanos > parts.limits().sessionTimeout().toNanos());
    }

    private void doubt(boolean now) {
        if (now != doubted) {
            doubted = now;
            ContextPromise.enter(
                    context,
                    () -> {
                        if (!closed()) {
                            candidate.doubted(now);
                        }
                    });
        }
    }

    private void lead(boolean now) {
        if (now != leads) {
            leads = now;
            doubt(false);
            ContextPromise.enter(context, () -> tell(now));
        }
    }

    private void tell(boolean elected) {
        if (closed()) {
            return;
        }
        if (elected) {
            candidate.elected();
        } else {
            candidate.deposed();
        }
    }

    /** Completes when its thread has ended. */
    Future<Void> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> close() {
        ContextPromise<Void> reply = ContextPromise.toCaller(parts.vertx());
        closing.countDown();
        Consumer<String, byte[]> polling = consumer;
        if (polling != null) {
            polling.wakeup();
        }
        ended.future().onComplete(ignored -> reply.succeed(null));
        return reply.future();
    }

    /** Runs within poll and close, on the polling thread. */
    private final class Membership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(
                Collection<org.apache.kafka.common.TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                consumer.pause(partitions);
                lead(true);
            }
        }

        @Override
        public void onPartitionsRevoked(
                Collection<org.apache.kafka.common.TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                lead(false);
            }
        }

        @Override
        public void onPartitionsLost(
                Collection<org.apache.kafka.common.TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
        }
    }
}
