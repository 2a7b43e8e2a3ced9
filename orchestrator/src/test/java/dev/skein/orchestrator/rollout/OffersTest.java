package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.back;
import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Asked.retry;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static dev.skein.orchestrator.rollout.Reports.reports;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.OnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is offered is accepted, and what is not offered is refused, whatever it is asked for. */
class OffersTest {
    private static final int DATABASES = 4;

    @ParameterizedTest
    @EnumSource(RolloutPhase.class)
    void offersOfEachPhaseAreWhatIsAccepted(RolloutPhase phase) {
        assertTrue(Phases.in(phase).lab());
    }

    /** Reports, verbs and time in any order: after each of them the offers are true. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void offersOfRandomHistoriesAreWhatIsAccepted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OnFailure policy = OnFailure.values()[random.nextInt(OnFailure.values().length)];
        Lab lab = Lab.fleet(DATABASES);
        lab.open(
                strategy()
                        .onFailure(policy)
                        .soak(Duration.ofMinutes(random.nextInt(2)))
                        .count("canary", 2)
                        .percent("rest", 100)
                        .build());
        for (int step = 0; step < 40; step++) {
            happens(lab, random);
            assertTrue(lab);
        }
    }

    private static void happens(Lab lab, SplittableRandom random) {
        DatabaseId any = db(1 + random.nextInt(DATABASES));
        boolean ordered = lab.fleet().database(any).hasOutstanding(ROLLOUT);
        boolean back =
                lab.fleet()
                        .database(any)
                        .orders()
                        .last()
                        .filter(each -> each.kind() == OrderKind.ROLLBACK)
                        .isPresent();
        switch (random.nextInt(8)) {
            case 0, 1 -> lab.advance();
            case 2 -> lab.after(Duration.ofSeconds(random.nextInt(90)));
            case 3, 4 -> {
                List<Command> commands =
                        commands(lab).filter(each -> isAccepted(lab, each)).toList();
                if (!commands.isEmpty()) {
                    lab.run(commands.get(random.nextInt(commands.size())));
                }
            }
            case 5 -> report(ordered, () -> reports(lab).failed(any));
            case 6 -> report(ordered && back, () -> reports(lab).irreversible(any));
            default ->
                    report(
                            ordered,
                            () -> {
                                if (back) {
                                    reports(lab).rolledBack(any);
                                } else {
                                    reports(lab).applied(any);
                                }
                            });
        }
    }

    private static void report(boolean possible, Runnable report) {
        if (possible) {
            report.run();
        }
    }

    @Test
    void databaseThatIsGoneCanBeSkippedAndIsNamed() {
        // given
        Lab lab = Lab.fleet(2).open(everyone());
        lab.announce(List.of(db(1)), id -> new TreeMap<>());
        lab.advance();
        reports(lab).applied(db(1));
        lab.advance();
        // then
        RolloutStatus status = lab.status();
        assertThat(status.needsPerson()).isTrue();
        assertThat(status.heldUp()).extracting(DatabaseStatus::database).containsExactly(db(2));
        assertThat(status.detail())
                .endsWith(
                        "1 of 2 databases done, 0 in flight; waits for 1 database that no agent"
                                + " can reach: pg-1/db-2");
        assertThat(offers(lab))
                .filteredOn(each -> each.verb().equals("skip"))
                .singleElement()
                .satisfies(each -> assertThat(each.databases()).containsExactly(db(2)));
        assertTrue(lab);
    }

    @Test
    void rolloutWhoseAgentIsAtWorkNeedsNobody() {
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        assertThat(lab.status().needsPerson()).isFalse();
        assertThat(lab.status().heldUp()).isEmpty();
    }

    /** It goes on by itself once the agent is back. */
    @Test
    void databasesOfASilentAgentAreNamedAndNeedNobody() {
        Lab lab = Lab.fleet(2).open(everyone());
        lab.advance();
        lab.silence(Duration.ofMinutes(5));
        assertThat(lab.status().heldUp()).hasSize(2);
        assertThat(lab.status().needsPerson()).isFalse();
        assertTrue(lab);
    }

    /** The page still says which failed, and a retry without names means those. */
    @ParameterizedTest
    @EnumSource(
            value = OnFailure.class,
            names = {"ROLLBACK_WAVE", "ROLLBACK_ROLLOUT"})
    void whatFailedBeforeItsRollbackIsNamedAndRetried(OnFailure policy) {
        // given
        Lab lab = Lab.fleet(3).open(strategy().onFailure(policy).percent("all", 100).build());
        lab.advance();
        reports(lab).applied(db(1), db(3)).failed(db(2));
        lab.advance();
        reports(lab).rolledBack(db(1), db(2), db(3));
        lab.advance();
        // then
        assertThat(lab.status().failedBefore())
                .singleElement()
                .satisfies(each -> assertThat(each.database()).isEqualTo(db(2)))
                .satisfies(each -> assertThat(each.reason()).contains("users exists"));
        assertThat(offers(lab)).extracting(Offer::verb).contains("retry");
        assertThat(lab.run(retry(lab)).reply().databases()).isEqualTo(1);
        assertThat(lab.advance()).extracting(OrderIssued::database).containsExactly(db(2));
    }

    /** A canary whose databases failed and have no way back: every retry of it was refused. */
    @Test
    void whatFailedAndHasNoWayBackCanBeTriedAgain() {
        Lab lab =
                Lab.fleet(1)
                        .open(
                                strategy()
                                        .onFailure(OnFailure.ROLLBACK_WAVE)
                                        .percent("all", 100)
                                        .build());
        lab.advance();
        reports(lab).failed(db(1));
        lab.advance();
        reports(lab).irreversible(db(1));
        lab.advance();
        lab.run(retry(lab));
        assertThat(lab.advance()).extracting(OrderIssued::database).containsExactly(db(1));
    }

    private static List<Offer> offers(Lab lab) {
        return StatusQueries.offers(lab.fleet(), lab.rollout(), lab.now());
    }

    private static void assertTrue(Lab lab) {
        List<Offer> offers = offers(lab);
        for (Offer offer : offers) {
            assertThat(lab.decide(command(lab, offer)))
                    .as("%s in %s", offer, lab.status().phase())
                    .isInstanceOf(Accepted.class);
        }
        TreeSet<String> taken = new TreeSet<>();
        commands(lab)
                .filter(each -> isAccepted(lab, each))
                .forEach(each -> taken.add(each.label()));
        assertThat(offers.stream().map(Offer::verb).distinct())
                .as("verbs taken in phase %s", lab.status().phase())
                .containsExactlyInAnyOrderElementsOf(taken);
    }

    private static boolean isAccepted(Lab lab, Command command) {
        return lab.decide(command) instanceof Accepted;
    }

    /** Every verb, for nothing in particular and for each database. */
    private static Stream<Command> commands(Lab lab) {
        List<List<DatabaseId>> choices = new ArrayList<>();
        choices.add(List.of());
        lab.rollout().targets().keySet().forEach(each -> choices.add(List.of(each)));
        return Stream.concat(
                Stream.of(
                        approve(lab, Optional.empty()),
                        new Command.Revoke(ROLLOUT, "", PERSON, lab.now()),
                        new Command.Promote(ROLLOUT, PERSON, lab.now()),
                        new Command.Pause(ROLLOUT, "", PERSON, lab.now()),
                        new Command.Resume(ROLLOUT, PERSON, lab.now()),
                        new Command.Abort(ROLLOUT, "", PERSON, lab.now()),
                        back(lab, RollbackScope.ALL)),
                choices.stream().flatMap(each -> commands(lab, each)));
    }

    private static Stream<Command> commands(Lab lab, List<DatabaseId> databases) {
        DatabaseId[] named = databases.toArray(DatabaseId[]::new);
        Stream<Command> repairs =
                Arrays.stream(Repair.values())
                        .map(
                                each ->
                                        new Command.Repairing(
                                                ROLLOUT, databases, each, PERSON, lab.now()));
        return Stream.concat(
                Stream.of(
                        retry(lab, named),
                        new Command.Skip(ROLLOUT, databases, "", PERSON, lab.now()),
                        back(lab, RollbackScope.DATABASES, named)),
                repairs);
    }

    private static Command approve(Lab lab, Optional<String> digest) {
        return new Command.Approve(ROLLOUT, Optional.empty(), digest, PERSON, lab.now());
    }

    private static Command command(Lab lab, Offer offer) {
        DatabaseId[] named = offer.databases().toArray(DatabaseId[]::new);
        return switch (offer.verb()) {
            case "approve" -> approve(lab, offer.digest());
            case "revoke" -> new Command.Revoke(ROLLOUT, "", PERSON, lab.now());
            case "promote" -> new Command.Promote(ROLLOUT, PERSON, lab.now());
            case "pause" -> new Command.Pause(ROLLOUT, "", PERSON, lab.now());
            case "resume" -> new Command.Resume(ROLLOUT, PERSON, lab.now());
            case "abort" -> new Command.Abort(ROLLOUT, "", PERSON, lab.now());
            case "retry" -> retry(lab, named);
            case "skip" -> new Command.Skip(ROLLOUT, offer.databases(), "", PERSON, lab.now());
            case "repair" ->
                    new Command.Repairing(
                            ROLLOUT,
                            offer.databases(),
                            offer.repair().orElseThrow(),
                            PERSON,
                            lab.now());
            case "rollback" ->
                    back(lab, offer.all() ? RollbackScope.ALL : RollbackScope.DATABASES, named);
            default -> throw new AssertionError("no such verb: " + offer);
        };
    }
}
