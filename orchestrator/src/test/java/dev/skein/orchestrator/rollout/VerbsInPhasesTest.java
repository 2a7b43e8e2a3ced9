package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.PLAN;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.Labelled;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.log.Entry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every verb in every phase of {@link Phases}: the events it leads to, the code it is refused with,
 * or that nothing is due.
 */
class VerbsInPhasesTest {
    /** Verb; phases; events, code, or {@code nothing}. */
    private static final String TABLE =
            """
            Open;     running soaking awaiting-approval paused rolling-back; rollout-exists
            Open;     aborting completed rolled-back aborted;                rollout-exists

            Approve;  soaking awaiting-approval;                             WaveApproved
            Approve;  running paused rolling-back;                           not-awaiting-approval
            Approve;  aborting;                                              rollout-aborting
            Approve;  completed rolled-back aborted;                         rollout-closed

            Revoke;   running soaking awaiting-approval paused rolling-back; not-approved
            Revoke;   aborting;                                              rollout-aborting
            Revoke;   completed rolled-back aborted;                         rollout-closed

            Promote;  soaking;                                               WavePromoted
            Promote;  running awaiting-approval paused rolling-back;         not-soaking
            Promote;  aborting;                                              rollout-aborting
            Promote;  completed rolled-back aborted;                         rollout-closed

            Pause;    running soaking awaiting-approval rolling-back;        RolloutPaused
            Pause;    paused;                                                already-paused
            Pause;    aborting;                                              rollout-aborting
            Pause;    completed rolled-back aborted;                         rollout-closed

            Resume;   paused;                                                RolloutResumed
            Resume;   running soaking awaiting-approval rolling-back;        not-paused
            Resume;   aborting;                                              rollout-aborting
            Resume;   completed rolled-back aborted;                         rollout-closed

            Retry;    running soaking awaiting-approval paused rolling-back; DatabasesRetried
            Retry;    aborting;                                              rollout-aborting
            Retry;    completed rolled-back aborted;                         DatabasesRetried

            Repairing; running soaking awaiting-approval paused rolling-back; DatabasesRetried
            Repairing; aborting;                                             rollout-aborting
            Repairing; completed aborted;                                    DatabasesRetried
            Repairing; rolled-back;                                          not-repairable

            Skip;     running soaking awaiting-approval paused rolling-back; DatabasesSkipped
            Skip;     aborting;                                              DatabasesSkipped
            Skip;     completed rolled-back aborted;                         rollout-closed

            Abort;    running soaking awaiting-approval paused rolling-back; RolloutAborted
            Abort;    aborting;                                              rollout-aborting
            Abort;    completed rolled-back aborted;                         rollout-closed

            Rollback; running soaking awaiting-approval rolling-back;        RollbackRequested
            Rollback; paused;                               RollbackRequested RolloutResumed
            Rollback; aborting completed aborted;                            RollbackRequested
            Rollback; rolled-back;                                           nothing-to-roll-back

            Advance;  running soaking awaiting-approval paused rolling-back; nothing
            Advance;  aborting completed rolled-back aborted;                nothing
            """;

    private static final Set<Cell> VISITED = new TreeSet<>();

    private record Cell(String verb, RolloutPhase phase) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int byVerb = verb.compareTo(other.verb);
            return byVerb != 0 ? byVerb : phase.compareTo(other.phase);
        }
    }

    private record Case(Cell cell, String expected) {}

    private static List<Case> cases() {
        return TABLE.lines()
                .filter(line -> !line.isBlank())
                .flatMap(VerbsInPhasesTest::row)
                .toList();
    }

    private static Stream<Case> row(String line) {
        String[] columns = line.split(";\\s*");
        return Arrays.stream(columns[1].trim().split("\\s+"))
                .map(label -> Labelled.of(RolloutPhase.class, label).orElseThrow())
                .map(phase -> new Case(new Cell(columns[0].trim(), phase), columns[2].trim()));
    }

    private static List<Class<?>> verbs() {
        return List.of(Command.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verbDoesInAPhaseWhatTheTableSays(Case declared) {
        // given
        Phases phases = Phases.in(declared.cell().phase());
        Lab lab = phases.lab();
        assertThat(lab.status().phase()).isEqualTo(declared.cell().phase());
        Command command =
                commands(phases).filter(each -> isNamed(each, declared)).findFirst().get();
        // when
        Decision decision = lab.decide(command);
        // then
        VISITED.add(declared.cell());
        assertThat(decision.accept(new Outcome())).isEqualTo(declared.expected());
    }

    private static boolean isNamed(Command command, Case declared) {
        return command.getClass().getSimpleName().equals(declared.cell().verb());
    }

    private static Stream<Command> commands(Phases phases) {
        Instant now = phases.lab().now();
        Optional<String> any = Optional.empty();
        return Stream.of(
                new Command.Open(
                        ROLLOUT, PLAN, strategy().percent("all", 100).build(), PERSON, now),
                new Command.Approve(ROLLOUT, any, any, PERSON, now),
                new Command.Revoke(ROLLOUT, "", PERSON, now),
                new Command.Promote(ROLLOUT, PERSON, now),
                new Command.Pause(ROLLOUT, "lunch", PERSON, now),
                new Command.Resume(ROLLOUT, PERSON, now),
                new Command.Retry(ROLLOUT, List.of(), PERSON, now),
                new Command.Repairing(ROLLOUT, List.of(phases.bad()), Repair.BOOKS, PERSON, now),
                new Command.Skip(ROLLOUT, List.of(phases.bad()), "gone", PERSON, now),
                new Command.Abort(ROLLOUT, "wrong plan", PERSON, now),
                phases.rollback(RollbackScope.ALL, List.of()),
                new Command.Advance(ROLLOUT, now));
    }

    @Test
    void everyCellIsDeclaredOnce() {
        List<Cell> all =
                verbs().stream()
                        .map(Class::getSimpleName)
                        .flatMap(
                                verb ->
                                        Arrays.stream(RolloutPhase.values())
                                                .map(phase -> new Cell(verb, phase)))
                        .toList();
        assertThat(cases().stream().map(Case::cell)).containsExactlyInAnyOrderElementsOf(all);
    }

    @AfterAll
    static void everyCellWasVisited() {
        assertThat(cases().stream().map(Case::cell).filter(cell -> !VISITED.contains(cell)))
                .as("cells that no test visited")
                .isEmpty();
    }

    private static final class Outcome implements Decision.Visitor<String> {
        @Override
        public String on(Accepted decision) {
            String events =
                    decision.entries().stream()
                            .map(Entry::envelope)
                            .map(envelope -> envelope.event().getClass().getSimpleName())
                            .collect(Collectors.joining(" "));
            return events.isEmpty() ? "nothing" : events;
        }

        @Override
        public String on(Rejection decision) {
            return decision.code().label();
        }
    }
}
