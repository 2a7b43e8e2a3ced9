package dev.skein.ops.sim;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Topic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An agent's words on their way into the log: in order, at least once. */
final class SimReporter {
    private static final int BATCH_MAX = 8;

    private final World world;
    private final Life life;
    private final Deque<Said> waiting = new ArrayDeque<>();
    private boolean sending;
    private long cutUntil;

    private record Said(Entry entry, Runnable acknowledged) {}

    SimReporter(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    void say(Topic topic, Envelope envelope, Runnable acknowledged) {
        waiting.add(new Said(new Entry(topic, envelope), acknowledged));
        if (!sending) {
            send();
        }
    }

    void cut(long micros) {
        cutUntil = world.agenda().micros() + micros;
    }

    private void send() {
        sending = !waiting.isEmpty();
        if (!sending) {
            return;
        }
        long wait = cutUntil - world.agenda().micros();
        if (wait > 0) {
            world.agenda().in(wait, life, this::send);
            return;
        }
        List<Said> batch = waiting.stream().limit(BATCH_MAX).toList();
        boolean arrives = !world.dice().chance(world.faults().lostRequest());
        boolean answered = arrives && !world.dice().chance(world.faults().lostAnswer());
        // What is on its way arrives even if its author dies meanwhile.
        int restores = world.log().restores();
        world.agenda()
                .in(
                        world.latency(),
                        Life.FOREVER,
                        () -> arrive(batch, arrives && restores == world.log().restores()));
        long heard = 10 * Agenda.MILLI;
        world.agenda().in(heard, life, answered ? () -> acknowledged(batch) : this::send);
    }

    private void arrive(List<Said> batch, boolean arrives) {
        if (arrives) {
            world.log().append(batch.stream().map(Said::entry).toList());
        }
    }

    private void acknowledged(List<Said> batch) {
        batch.forEach(said -> waiting.remove());
        send();
        batch.forEach(said -> said.acknowledged().run());
    }
}
