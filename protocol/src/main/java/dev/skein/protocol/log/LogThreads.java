package dev.skein.protocol.log;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The log's own threads: Kafka's clients block, so none of them runs on Vert.x's. */
final class LogThreads {
    private LogThreads() {}

    /** A thread, not yet started, that does not keep the process alive. */
    static Thread daemon(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs tasks one after the other. */
    static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(run -> daemon(name, run));
    }
}
