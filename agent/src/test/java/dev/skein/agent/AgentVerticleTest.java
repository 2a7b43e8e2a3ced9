package dev.skein.agent;

import static dev.skein.agent.order.Facts.aborted;
import static dev.skein.agent.order.Facts.db;
import static dev.skein.agent.order.Facts.paused;
import static dev.skein.agent.order.Facts.resumed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderPaused;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Await;
import dev.skein.protocol.log.LogRefused;
import dev.skein.protocol.log.LogUnavailable;
import dev.skein.protocol.log.Topic;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentVerticleTest {
    private final AgentFixture agent = new AgentFixture();

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void itSaysThatItStartedWhatItHasAndThatItIsAlive() {
        // when
        agent.with("a", "b").start();

        // then
        Await.until(
                "a heartbeat", () -> !agent.written(Topic.AGENTS, AgentHeartbeat.class).isEmpty());
        assertThat(agent.written(Topic.AGENTS, AgentStarted.class))
                .singleElement()
                .satisfies(started -> assertThat(started.servers()).containsExactly("pg-1"));
        assertThat(announced()).containsExactly(List.of(db("a"), db("b")));
    }

    @Test
    void aServerNeverRunsMoreExecutionsThanItsLimit() {
        // given
        agent.with("a", "b", "c", "d", "e").start();
        List.of("a", "b", "c", "d", "e").forEach(name -> agent.order(name, 1, 1));

        // when
        Await.until(
                "all applied",
                () -> {
                    agent.engine.finishAll();
                    return applied() == 5;
                });

        // then
        assertThat(agent.engine.most()).isEqualTo(AgentFixture.IN_FLIGHT);
        assertThat(agent.engine.begun()).hasSize(5);
    }

    @Test
    void whatWaitsConfirmsAPauseAtOnceAndGoesOnAfterTheResume() {
        // given
        agent.with("a", "b", "c").start();
        List.of("a", "b", "c").forEach(name -> agent.order(name, 1, 1));
        Await.until("two run", () -> agent.engine.running() == 2);
        List<String> running = List.copyOf(agent.engine.begun());

        // when
        agent.say(paused(1, 2));

        // then
        Await.until("the one that waits", () -> pauses().size() == 1);
        agent.engine.finishAll();
        Await.until("the two that ran", () -> pauses().size() == 3);
        assertThat(agent.engine.begun()).isEqualTo(running);
        agent.say(resumed(3));
        finishUntilApplied(3);
    }

    @Test
    void aNewerOrderTakesTheOlderOnesPlace() {
        // given
        agent.with("a").start();
        agent.order("a", 1, 1);
        Await.until("it runs", () -> agent.engine.runs(db("a")));

        // when
        agent.order("a", 2, 2);
        Await.until("the newer one", () -> finish().begun().contains("a#2"));

        // then
        assertThat(agent.engine.ended()).containsExactly("a#1 SUPERSEDED");
        finishUntilApplied(1);
        assertThat(agent.written(Topic.PROGRESS, DatabaseApplied.class).get(0).epoch())
                .isEqualTo(2);
    }

    @Test
    void anAbortStopsWhatWaitsAndWhatRuns() {
        // given
        agent.with("a", "b", "c").start();
        List.of("a", "b", "c").forEach(name -> agent.order(name, 1, 1));
        Await.until("two run", () -> agent.engine.running() == 2);

        // when
        agent.say(aborted(2));

        // then
        Await.until("the one that waits", () -> stops() == 1);
        agent.engine.finishAll();
        Await.until("the two that ran", () -> stops() == 3);
        assertThat(agent.engine.begun()).hasSize(2);
    }

    @Test
    void anUnfinishedOrderIsExecutedAgainAfterARestart() {
        // given
        agent.withStopGrace(Duration.ZERO).with("a").start();
        agent.order("a", 1, 1);
        Await.until("it runs", () -> agent.engine.runs(db("a")));

        // when
        agent.restart();

        // then
        Await.until("it is executed again", () -> agent.engine.begun().equals(List.of("a#1")));
        finishUntilApplied(1);
    }

    @Test
    void nothingOfAPausedRolloutStartsAfterARestart() {
        // given
        agent.order("a", 1, 1);
        agent.say(paused(1, 2));

        // when
        agent.with("a").start();

        // then
        Await.until("the pause is confirmed", () -> pauses().size() == 1);
        Await.until("its execution is over", () -> !agent.engine.ended().isEmpty());
        assertThat(agent.engine.ended()).containsExactly("a#1 PAUSED");
        assertThat(agent.engine.running()).isZero();
        agent.say(resumed(3));
        finishUntilApplied(1);
    }

    @Test
    void aNewTenantAppearsAndGetsItsOrders() {
        // given
        agent.with("a").start();

        // when
        agent.with("a", "b");
        Await.until("it is announced", () -> announced().size() == 2);
        agent.order("b", 1, 1);

        // then
        finishUntilApplied(1);
        assertThat(announced()).containsExactly(List.of(db("a")), List.of(db("a"), db("b")));
    }

    /** Its partition has no other database of this agent. */
    @Test
    void anOrderForATenantThatWentWhileTheAgentWasAwayIsAnswered() {
        // given
        agent.order("c", 1, 1);

        // when
        agent.with("a").start();

        // then
        Await.until("the answer", () -> !failures().isEmpty());
        assertThat(failures()).containsExactly("pg-1/c unknown-database");
    }

    /** A leader that has not heard of it yet orders by what the agent said before. */
    @Test
    void anOrderForATenantOfARolloutThatOpensLaterIsAnswered() {
        // given
        agent.with("a").start();
        RolloutId later = new RolloutId("r-2");

        // when
        OrderIssued order = agent.openAndOrder(later, db("f"));

        // then
        Await.until("the answer", () -> !failures().isEmpty());
        assertThat(failures()).containsExactly(order.database() + " unknown-database");
    }

    @Test
    void anOrderWhosePlanIsNotInTheLogIsAnswered() {
        // given
        agent.with("a").start();
        RolloutId lost = new RolloutId("r-2");

        // when
        agent.openAndOrder(lost, 7, db("a"));

        // then
        Await.until("the answer", () -> !failures().isEmpty());
        assertThat(failures()).containsExactly("pg-1/a plan-missing");
        assertThat(agent.faults).isEmpty();
    }

    @Test
    void aDroppedTenantLeaves() {
        // given
        agent.with("a", "b").start();

        // when
        agent.with("a");

        // then
        Await.until("it is announced", () -> announced().size() == 2);
        assertThat(announced().get(1)).containsExactly(db("a"));
    }

    @Test
    void aProblemIsAnnouncedOnceWithWhatIsKnown() {
        // given
        agent.with("a").start();

        // when
        agent.with(Optional.of("server pg-1 cannot be asked"), "a");
        Await.until("it is announced", () -> announced().size() == 2);
        agent.with("a");
        Await.until("it is over", () -> announced().size() == 3);

        // then
        assertThat(agent.written(Topic.AGENTS, ServerAnnounced.class))
                .extracting(ServerAnnounced::problem)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("server pg-1 cannot be asked"),
                        Optional.empty());
    }

    @Test
    void reportsAreSentAgainAfterTheLogWasAway() {
        // given
        agent.with("a").start();
        agent.order("a", 1, 1);
        Await.until("it runs", () -> agent.engine.runs(db("a")));
        for (int times = 0; times < 5; times++) {
            agent.broker.refuseNextAppend(new LogUnavailable("broker down", null));
        }

        // when
        finishUntilApplied(1);

        // then
        assertThat(agent.faults).isEmpty();
        assertThat(agent.engine.begun()).containsExactly("a#1");
    }

    @Test
    void aStoppingAgentEndsAtTheNextStepAndSaysSo() {
        // given
        agent.with("a", "b", "c").start();
        List.of("a", "b", "c").forEach(name -> agent.order(name, 1, 1));
        Await.until("two run", () -> agent.engine.running() == 2);

        // when
        Future<Void> stopped = agent.end();
        Await.until("the steps end", () -> finish().ended().size() == 2);
        Await.value(stopped);

        // then
        assertThat(agent.engine.begun()).hasSize(2);
        assertThat(agent.written(Topic.AGENTS, AgentStopped.class)).hasSize(1);
        assertThat(agent.broker.records(Topic.PROGRESS)).isEmpty();
    }

    @Test
    void aStepThatOutlastsTheGraceDoesNotHoldUpTheStop() {
        // given
        agent.withStopGrace(Duration.ofMillis(50)).with("a").start();
        agent.order("a", 1, 1);
        Await.until("it runs", () -> agent.engine.runs(db("a")));

        // when
        agent.stop();

        // then
        assertThat(agent.engine.ended()).isEmpty();
        assertThat(agent.written(Topic.AGENTS, AgentStopped.class)).hasSize(1);
    }

    @Test
    void aBrokenExecutionIsAFault() {
        // given
        agent.with("a").start();
        agent.engine.breakWith(new IllegalStateException("sequence 7 follows 5"));

        // when
        agent.order("a", 1, 1);

        // then
        Await.until("the fault", () -> !agent.faults.isEmpty());
        assertThat(agent.faults).containsExactly("order 1 of pg-1/a: sequence 7 follows 5");
    }

    @Test
    void aLogThatRefusesTheAgentFailsItsStart() {
        // given
        agent.broker.refuseNextAppend(new LogRefused("not authorized to write skein.agents", null));

        // when
        Throwable failure = Await.failure(agent.begin());

        // then
        assertThat(failure).isInstanceOf(LogRefused.class);
    }

    private ScriptedEngine finish() {
        agent.engine.finishAll();
        return agent.engine;
    }

    private void finishUntilApplied(int databases) {
        Await.until("all applied", () -> finish() != null && applied() == databases);
    }

    private long applied() {
        return agent.written(Topic.PROGRESS, DatabaseApplied.class).size();
    }

    private List<OrderPaused> pauses() {
        return agent.written(Topic.PROGRESS, OrderPaused.class);
    }

    private List<String> failures() {
        return agent.written(Topic.PROGRESS, DatabaseFailed.class).stream()
                .map(each -> each.database() + " " + each.failure().code())
                .toList();
    }

    private long stops() {
        return agent.written(Topic.PROGRESS, OrderStopped.class).size();
    }

    private List<List<DatabaseId>> announced() {
        return agent.written(Topic.AGENTS, ServerAnnounced.class).stream()
                .map(each -> each.databases().stream().map(AnnouncedDatabase::database).toList())
                .toList();
    }
}
