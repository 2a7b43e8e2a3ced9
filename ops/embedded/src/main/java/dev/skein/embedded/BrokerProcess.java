package dev.skein.embedded;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;

/** One run of Kafka's server from start to stop, in which Kafka may not end this process. */
final class BrokerProcess {
    private final KafkaRaftServer server;

    private BrokerProcess(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Starts a server and returns when it takes requests.
     *
     * <p>On a fatal fault Kafka halts the JVM without a word to the user, so its way out is barred
     * during the start. The bar is one for the whole JVM, hence one start at a time. Once it runs,
     * a fatal fault (its disk failed) does end the process, which is then the safe thing to do.
     *
     * @param onEnd told why, right before Kafka ends this process
     * @throws EmbeddedFailure if it did not start, with nothing of it left running
     */
    static synchronized BrokerProcess start(
            Properties properties, Duration stopMax, Consumer<String> onEnd) {
        AtomicBoolean fatal = new AtomicBoolean();
        Exit.setHaltProcedure((status, message) -> fatal.set(true));
        Exit.setExitProcedure((status, message) -> fatal.set(true));
        try {
            return launch(properties, stopMax);
        } catch (Exception e) {
            String seeLog = fatal.get() ? " (a fatal fault, which Kafka has logged)" : "";
            throw new EmbeddedFailure(EmbeddedFailure.reason(e) + seeLog, e);
        } finally {
            Exit.setHaltProcedure((status, message) -> end(status, message, onEnd));
            Exit.resetExitProcedure();
        }
    }

    private static void end(int status, String message, Consumer<String> onEnd) {
        try {
            onEnd.accept(message == null ? "a fatal fault" : message);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static BrokerProcess launch(Properties properties, Duration stopMax) throws Exception {
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        BrokerProcess process = new BrokerProcess(server);
        try {
            server.startup();
            return process;
        } catch (Exception e) {
            // Scala throws checked exceptions without declaring them, so all are caught. The half
            // that did start writes to the log, and must be gone before the next attempt.
            process.stop(stopMax);
            throw e;
        }
    }

    /**
     * Stops the server and waits for its end.
     *
     * @return whether it ended in time; otherwise it goes on stopping in the background
     */
    boolean stop(Duration max) {
        Thread thread = new Thread(this::shutDown, "embedded-kafka-stop");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(max.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void shutDown() {
        server.shutdown();
        server.awaitShutdown();
    }
}
