package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The commands that wait for one rollout; at most one of them is being decided. */
final class CommandQueue {
    /** Commands that may wait. People send them, so a hundred means a program out of control. */
    static final int WAITING_MAX = 100;

    /** A command and whom to tell. */
    record Task(Command command, Promise<Answer<CommandReply>> answer) {}

    private final Deque<Task> waiting = new ArrayDeque<>();
    private boolean advanceDue;
    private boolean busy;

    boolean isFull() {
        return waiting.size() >= WAITING_MAX;
    }

    void add(Task task) {
        waiting.add(task);
    }

    /** One advance is enough, no matter how often something happens during a decision. */
    void advanceIsDue() {
        advanceDue = true;
    }

    boolean advanceWaits() {
        return advanceDue;
    }

    /** The oldest task; people's commands go before an advance. */
    Optional<Task> head() {
        return Optional.ofNullable(waiting.peek());
    }

    Task takeHead() {
        return waiting.remove();
    }

    void takeAdvance() {
        advanceDue = false;
    }

    boolean isBusy() {
        return busy;
    }

    void setBusy(boolean now) {
        busy = now;
    }

    boolean isIdle() {
        return !busy && !advanceDue && waiting.isEmpty();
    }

    /** Takes everything out. */
    Deque<Task> clear() {
        Deque<Task> all = new ArrayDeque<>(waiting);
        waiting.clear();
        advanceDue = false;
        return all;
    }
}
