package dev.skein.ops.chaos;

import dev.skein.embedded.ShutdownMode;
import dev.skein.embedded.testing.TestKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two orchestrators and the flock's agents, over a broker and a server of their own. */
final class FlockCrew implements AutoCloseable {
    private final Flock flock;
    private final TestKafka kafka;
    private final Deployment deployment;
    private final List<Supervised> orchestrators;
    private final List<Supervised> agents;

    /** Starts all processes and waits for none. */
    FlockCrew(Flock flock, TestKafka kafka) {
        this.flock = flock;
        this.kafka = kafka;
        deployment = new Deployment("flock", kafka.bootstrapServers(), "");
        orchestrators =
                Stream.of("one", "other")
                        .map(name -> new Supervised(name, () -> deployment.orchestrator(name)))
                        .toList();
        agents =
                IntStream.range(0, Flock.AGENTS)
                        .mapToObj(n -> new Supervised("agent-" + n, () -> agent(n)))
                        .toList();
    }

    private SkeinProcess agent(int n) {
        return deployment.agent("agent-" + n, flock.servers(n));
    }

    Deployment deployment() {
        return deployment;
    }

    List<Supervised> orchestrators() {
        return orchestrators;
    }

    List<Supervised> agents() {
        return agents;
    }

    /** The broker is gone for as long as that takes. */
    void withoutBroker(Runnable meanwhile) {
        kafka.stop();
        meanwhile.run();
        kafka.start();
    }

    /** All connections to the databases are cut, and whatever was not flushed is replayed. */
    void restartDatabases() {
        flock.server().restart(ShutdownMode.IMMEDIATE);
    }

    /** Whatever has ended by itself runs again. */
    void ensureAlive() {
        all().forEach(Supervised::ensureAlive);
    }

    /** Each process that nobody killed and that ended, with what it said at last. */
    List<String> ownEnds() {
        List<String> ends = new ArrayList<>();
        all().forEach(each -> ends.addAll(each.ownEnds()));
        return ends;
    }

    private Stream<Supervised> all() {
        return Stream.concat(orchestrators.stream(), agents.stream());
    }

    @Override
    public void close() {
        deployment.close();
    }
}
