package dev.skein.ops.chaos;

import java.time.Duration;
import java.util.List;

/** A rollout under way: an orchestrator, an agent, and whoever looks at the log and asks. */
final class ChaosScenario implements AutoCloseable {
    private static final Duration PROGRESS_MAX = Duration.ofSeconds(90);

    private final Tenants tenants;
    private final Deployment deployment;
    private final LogTail tail;
    private final SkeinProcess orchestrator;
    private final SkeinProcess agent;
    private final ChaosOperator operator;
    private final String rollout;

    private ChaosScenario(Tenants tenants, String kafka, String strategy) {
        this.tenants = tenants;
        deployment = new Deployment(tenants, kafka);
        tail = LogTail.of(deployment.log());
        orchestrator = deployment.orchestrator("main");
        agent = deployment.agent("eu-1");
        operator = new ChaosOperator(Deployment.urlOf(orchestrator));
        operator.awaitDatabases(tenants.count());
        rollout = operator.open(tenants.plan(), strategy);
    }

    /** Starts the processes and opens the rollout. */
    static ChaosScenario begin(Tenants tenants, String kafka, String strategy) {
        return new ChaosScenario(tenants, kafka, strategy);
    }

    int steps() {
        return tail.steps();
    }

    void awaitSteps(int count) {
        Waiting.until(count + " steps done", PROGRESS_MAX, () -> tail.steps() >= count);
    }

    /** Time passes, and no process ends by itself. */
    void everybodyStaysFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Waiting.until(
                "the end of " + time,
                time.plusSeconds(1),
                () -> {
                    requireAlive();
                    return System.nanoTime() > end;
                });
    }

    private void requireAlive() {
        List.of(orchestrator, agent).forEach(SkeinProcess::requireAlive);
    }

    void awaitCompleted(Duration max) {
        operator.awaitPhase(rollout, "completed", max);
        requireAlive();
    }

    /** Everything is done, once, and everybody knows. */
    void audit(int steps) {
        agent.stop();
        ChaosOperator fresh = new ChaosOperator(Deployment.urlOf(deployment.orchestrator("fresh")));
        new LiveAudit(operator, fresh).run(rollout, tenants);
        new LogAudit(tail.upToNow()).run(steps);
        new TenantAudit(tenants).run();
    }

    @Override
    public void close() {
        deployment.close();
        tail.close();
    }
}
