package dev.skein.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.AgentHeartbeat;
import dev.skein.protocol.event.AgentStarted;
import dev.skein.protocol.event.AgentStopped;
import dev.skein.protocol.event.AnnouncedDatabase;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.DatabaseUnavailable;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.FleetEvent;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.OrderStopped;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.ServerAnnounced;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepRetried;
import dev.skein.protocol.event.StepStarted;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.log.Position;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.log.TopicPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final DatabaseId DB = DatabaseId.of("pg-1", "acme");
    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final AgentId FIRST = new AgentId("eu-2");
    private static final AgentId SECOND = new AgentId("eu-1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Progress NONE = new Progress(0, 1);
    private static final Progress ALL = new Progress(1, 1);
    private static final StepFailure FAILURE =
            new StepFailure("gone", Optional.empty(), "no connection", true, List.of());

    private final Fleet fleet = new Fleet();
    private long offset;

    private FoldOutcome fold(Topic topic, long sequence, FleetEvent event) {
        return fold(topic, sequence, event, NOW);
    }

    private FoldOutcome fold(Topic topic, long sequence, FleetEvent event, Instant appendedAt) {
        Envelope envelope =
                sequence == 0
                        ? Envelope.uncounted("test", event)
                        : Envelope.counted("test", sequence, event);
        return fleet.apply(
                envelope, new Position(new TopicPartition(topic, 0), offset++), appendedAt);
    }

    private static OrderAccepted accepted(long epoch) {
        return new OrderAccepted(
                DB, ROLLOUT, epoch, OrderKind.APPLY, FIRST, NONE, Optional.empty(), NOW);
    }

    private static DatabaseApplied applied(long epoch) {
        return new DatabaseApplied(DB, ROLLOUT, epoch, "7", ALL, NOW);
    }

    private static DatabaseUnavailable unavailable(long epoch, int attempt) {
        Instant at = NOW.plusSeconds(attempt);
        return new DatabaseUnavailable(
                DB, ROLLOUT, epoch, FAILURE, attempt, Duration.ofSeconds(1), at);
    }

    private ReportStatus status() {
        return fleet.database(DB).progress().last().orElseThrow().status();
    }

    @Test
    void reportThatWasFoldedBeforeIsADuplicate() {
        fold(Topic.PROGRESS, 1, accepted(1));
        assertThat(fold(Topic.PROGRESS, 1, accepted(1))).isEqualTo(FoldOutcome.DUPLICATE);
    }

    @Test
    void reportAfterAMissingOneIsSetAsideWithBothNumbersAndTheMissingOnesCanStillCome() {
        fold(Topic.PROGRESS, 4, accepted(1));

        assertThat(fold(Topic.PROGRESS, 6, applied(1))).isEqualTo(FoldOutcome.SET_ASIDE);

        SetAside aside = fleet.database(DB).setAside().orElseThrow();
        assertThat(aside.reason()).contains("pg-1/acme").contains("report 6 follows report 4");
        assertThat(aside.text()).startsWith("record progress/0/1 of its agent");
        assertThat(fleet.database(DB).progress().sequence()).isEqualTo(4);
        assertThat(fold(Topic.PROGRESS, 5, accepted(1))).isEqualTo(FoldOutcome.APPLIED);
        assertThat(fold(Topic.PROGRESS, 6, applied(1))).isEqualTo(FoldOutcome.APPLIED);
    }

    @Test
    void firstReportMayCarryAnyNumberForALedgerCanBeOlderThanTheLog() {
        assertThat(fold(Topic.PROGRESS, 12, accepted(1))).isEqualTo(FoldOutcome.APPLIED);
    }

    @Test
    void reportOfASupersededOrderIsOnlyCounted() {
        fold(Topic.PROGRESS, 1, accepted(2));
        assertThat(fold(Topic.PROGRESS, 2, applied(1))).isEqualTo(FoldOutcome.IGNORED);
        assertThat(fleet.database(DB).progress().sequence()).isEqualTo(2);
        assertThat(status()).isEqualTo(ReportStatus.RUNNING);
    }

    @Test
    void nothingOfTheSameOrderFollowsItsSuccess() {
        fold(Topic.PROGRESS, 1, applied(1));
        assertThat(fold(Topic.PROGRESS, 0, unavailable(1, 1))).isEqualTo(FoldOutcome.IGNORED);
        assertThat(status()).isEqualTo(ReportStatus.APPLIED);
    }

    @Test
    void betterNewsMayFollowAFailure() {
        fold(
                Topic.PROGRESS,
                0,
                new DatabaseFailed(
                        DB, ROLLOUT, 1, OrderKind.APPLY, Optional.empty(), FAILURE, NONE, NOW));
        assertThat(status()).isEqualTo(ReportStatus.FAILED);
        fold(Topic.PROGRESS, 1, applied(1));
        assertThat(status()).isEqualTo(ReportStatus.APPLIED);
        assertThat(fleet.database(DB).progress().version()).contains("7");
    }

    @Test
    void versionIsThatOfTheLastStepWhereAnOrderEndsHalfWay() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        fold(Topic.PROGRESS, 2, succeeded(Optional.of("6")));
        fold(Topic.PROGRESS, 3, succeeded(Optional.empty()));
        // when
        fold(Topic.PROGRESS, 0, new OrderStopped(DB, ROLLOUT, 1, NONE, NOW));
        // then
        assertThat(fleet.database(DB).progress().version()).contains("6");
        fold(Topic.PROGRESS, 4, succeeded(Optional.of("")));
        assertThat(fleet.database(DB).progress().version()).isEmpty();
    }

    private static StepSucceeded succeeded(Optional<String> version) {
        return new StepSucceeded(
                DB,
                ROLLOUT,
                1,
                new StepRef("6", 0, Direction.UP),
                StepOutcome.EXECUTED,
                1,
                Duration.ZERO,
                NONE,
                version,
                Optional.empty(),
                NOW);
    }

    @Test
    void agentThatLooksAtAFailedOrderOnceMoreDoesNotOpenItAgain() {
        // given: the ledger has the order's end, so nothing more will be said about it
        fold(Topic.PROGRESS, 1, accepted(1));
        fold(
                Topic.PROGRESS,
                2,
                new DatabaseFailed(
                        DB, ROLLOUT, 1, OrderKind.APPLY, Optional.empty(), FAILURE, NONE, NOW));
        // when
        fold(Topic.PROGRESS, 0, unavailable(1, 1));
        // then
        assertThat(status()).isEqualTo(ReportStatus.FAILED);
    }

    /** Its agent has given the order up, and a rollout that waits for it would wait for ever. */
    /** The order was issued before the reports 2 and 3, the database put back to one without. */
    @Test
    void acceptanceByALedgerThatWasPutBackIsNoDuplicateWhateverItsNumber() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        fold(Topic.PROGRESS, 2, succeeded(Optional.of("6")));
        fold(Topic.PROGRESS, 0, unavailable(2, 1));
        // when
        FoldOutcome outcome = fold(Topic.PROGRESS, 2, accepted(2));
        // then
        assertThat(outcome).isEqualTo(FoldOutcome.APPLIED);
        assertThat(status()).isEqualTo(ReportStatus.RUNNING);
        assertThat(fleet.database(DB).progress().epoch()).isEqualTo(2);
        assertThat(fold(Topic.PROGRESS, 2, accepted(2))).isEqualTo(FoldOutcome.DUPLICATE);
        assertThat(fold(Topic.PROGRESS, 2, succeeded(Optional.of("6"))))
                .isEqualTo(FoldOutcome.DUPLICATE);
    }

    @Test
    void rowThatWasWrittenBeforeAFailureAndIsToldAfterItDoesNotTakeItBack() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        Instant later = NOW.plusSeconds(1);
        fold(
                Topic.PROGRESS,
                0,
                new DatabaseFailed(
                        DB, ROLLOUT, 1, OrderKind.APPLY, Optional.empty(), FAILURE, NONE, later));
        // when
        fold(Topic.PROGRESS, 2, succeeded(Optional.of("6")));
        // then
        assertThat(status()).isEqualTo(ReportStatus.FAILED);
        assertThat(fleet.database(DB).progress().version()).contains("6");
    }

    @Test
    void retryThatIsToldAfterAFailureDoesNotTakeItBack() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        fold(
                Topic.PROGRESS,
                0,
                new DatabaseFailed(
                        DB,
                        ROLLOUT,
                        1,
                        OrderKind.APPLY,
                        Optional.empty(),
                        FAILURE,
                        NONE,
                        NOW.plusSeconds(1)));
        // when
        fold(
                Topic.PROGRESS,
                2,
                new StepRetried(
                        DB,
                        ROLLOUT,
                        1,
                        new StepRef("6", 0, Direction.UP),
                        1,
                        3,
                        FAILURE,
                        Duration.ofSeconds(1),
                        NOW));
        // then
        assertThat(status()).isEqualTo(ReportStatus.FAILED);
    }

    /** Its agent was cut off, and the order of a later rollout is on its way already. */
    @Test
    void stepOfAnOrderThatWasLeftBehindIsNotedWithItsRollout() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        fold(
                Topic.PROGRESS,
                0,
                new DatabaseUnavailable(
                        DB, new RolloutId("r-2"), 2, FAILURE, 1, Duration.ofSeconds(1), NOW));
        // when
        FoldOutcome outcome = fold(Topic.PROGRESS, 2, succeeded(Optional.empty()));
        // then
        assertThat(outcome).isEqualTo(FoldOutcome.IGNORED);
        assertThat(fleet.database(DB).progress().of(ROLLOUT).orElseThrow().changed()).isPresent();
        assertThat(status()).isEqualTo(ReportStatus.UNAVAILABLE);
    }

    @Test
    void failureOfAnAgentThatCouldNotLookDoesNotTurnProgressBack() {
        // given
        fold(Topic.PROGRESS, 1, accepted(1));
        Progress half = new Progress(1, 2);
        fold(
                Topic.PROGRESS,
                2,
                new StepStarted(DB, ROLLOUT, 1, new StepRef("1", 1, Direction.UP), half, NOW));
        // when
        fold(
                Topic.PROGRESS,
                0,
                new DatabaseFailed(
                        DB, ROLLOUT, 1, OrderKind.APPLY, Optional.empty(), FAILURE, NONE, NOW));
        // then
        assertThat(fleet.database(DB).progress().last().orElseThrow().progress()).contains(half);
    }

    @Test
    void uncountedReportSentOnceMoreDoesNotTurnProgressBack() {
        fold(Topic.PROGRESS, 0, unavailable(1, 1));
        fold(Topic.PROGRESS, 1, accepted(1));
        assertThat(fold(Topic.PROGRESS, 0, unavailable(1, 1))).isEqualTo(FoldOutcome.DUPLICATE);
        assertThat(status()).isEqualTo(ReportStatus.RUNNING);
        fold(Topic.PROGRESS, 0, unavailable(1, 2));
        assertThat(status()).isEqualTo(ReportStatus.UNAVAILABLE);
    }

    @Test
    void whatAnAgentWritesToTheWrongTopicIsSetAside() {
        assertThat(fold(Topic.AGENTS, 1, accepted(1))).isEqualTo(FoldOutcome.SET_ASIDE);
        assertThat(fold(Topic.PROGRESS, 0, new AgentStopped(FIRST, "i", NOW)))
                .isEqualTo(FoldOutcome.SET_ASIDE);
        // A key is all that is known of whom they are about.
        assertThat(fleet.agent(new AgentId("pg-1")).orElseThrow().setAside()).hasSize(1);
        assertThat(fleet.database(DatabaseId.parse("eu-2/heartbeat")).setAside()).isPresent();
    }

    @Test
    void decisionOfARolloutThatWasNeverOpenedIsAFault() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> fold(Topic.ROLLOUTS, 1, new WaveStarted(ROLLOUT, 0, NOW)))
                .withMessageContaining("r-1");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> fold(Topic.ROLLOUTS, 3, new WaveStarted(ROLLOUT, 0, NOW)))
                .withMessageContaining("event 3")
                .withMessageContaining("follows event 0");
    }

    @Test
    void eventInATopicThatIsNotItsOwnIsAFault() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> fold(Topic.ORDERS, 1, accepted(1)))
                .withMessageContaining("orders-0@0");
    }

    private void started(AgentId agent, Instant appendedAt) {
        Duration interval = Duration.ofSeconds(10);
        fold(
                Topic.AGENTS,
                0,
                new AgentStarted(agent, "run", List.of("pg-1"), interval, appendedAt),
                appendedAt);
    }

    private void announced(AgentId agent, String server) {
        List<AnnouncedDatabase> databases =
                List.of(new AnnouncedDatabase(DatabaseId.of(server, "acme"), new TreeMap<>()));
        fold(
                Topic.AGENTS,
                0,
                new ServerAnnounced(agent, "run", server, 4, databases, Optional.empty(), NOW));
    }

    @Test
    void agentThatHasRunLongestOwnsAContestedDatabase() {
        started(FIRST, NOW);
        started(SECOND, NOW.plusSeconds(1));
        announced(SECOND, "pg-1");
        announced(FIRST, "pg-1");
        Announcement announcement = fleet.inventory().announcement(DB).orElseThrow();
        assertThat(announcement.owner()).isEqualTo(FIRST);
        assertThat(announcement.contestants()).containsExactly(SECOND);
    }

    @Test
    void announcementsOfServersThatTheAgentNoLongerNamesAreVoid() {
        announced(FIRST, "pg-9");
        started(FIRST, NOW);
        assertThat(fleet.inventory().databases()).isEmpty();
    }

    @Test
    void agentIsSilentAfterThreeMissedHeartbeats() {
        started(FIRST, NOW);
        AgentState agent = fleet.agent(FIRST).orElseThrow();
        assertThat(agent.isReachable(NOW.plusSeconds(30))).isTrue();
        assertThat(agent.isReachable(NOW.plusSeconds(31))).isFalse();
    }

    @Test
    void farewellOfAnEarlierRunDoesNotStopTheNextOne() {
        fold(Topic.AGENTS, 0, new AgentStopped(FIRST, "old", NOW));
        started(FIRST, NOW);
        assertThat(fleet.agent(FIRST).orElseThrow().isStopped()).isFalse();
        fold(Topic.AGENTS, 0, new AgentHeartbeat(FIRST, "run", 0, 0, NOW));
        fold(Topic.AGENTS, 0, new AgentStopped(FIRST, "run", NOW));
        assertThat(fleet.agent(FIRST).orElseThrow().isStopped()).isTrue();
    }
}
