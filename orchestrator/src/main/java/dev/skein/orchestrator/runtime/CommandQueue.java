package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What waits to be decided about one rollout; at most one decision of it is under way. */
final class CommandQueue {
    /** Commands that may wait for their turn; people's, so a hundred is a program gone wild. */
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

    /** However often something happens while a decision is under way, one more look is enough. */
    void advanceIsDue() {
        advanceDue = true;
    }

    boolean advanceWaits() {
        return advanceDue;
    }

    /** The task at the head; people's commands go before what is due anyway. */
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
