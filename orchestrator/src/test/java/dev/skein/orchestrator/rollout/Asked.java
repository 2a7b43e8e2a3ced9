package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.PLAN;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Strategies.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.Strategy;
import java.util.List;
import java.util.Optional;

/** What the tests of decisions ask for, and what they are refused. */
final class Asked {
    private Asked() {}

    static Strategy everyone() {
        return strategy().percent("all", 100).build();
    }

    static void rejected(Decision decision, RejectionCode code, String inMessage) {
        assertThat(decision).isInstanceOf(Rejection.class);
        assertThat(((Rejection) decision).code()).isEqualTo(code);
        assertThat(((Rejection) decision).message()).contains(inMessage);
    }

    static Command.Open open(Lab lab, String name, Strategy strategy) {
        return new Command.Open(new RolloutId(name), PLAN, strategy, PERSON, lab.now());
    }

    static Command.Advance due(Lab lab) {
        return new Command.Advance(ROLLOUT, lab.now());
    }

    static Command.Retry retry(Lab lab, DatabaseId... databases) {
        return new Command.Retry(ROLLOUT, List.of(databases), PERSON, lab.now());
    }

    static Command.Resume resume(Lab lab) {
        return new Command.Resume(ROLLOUT, PERSON, lab.now());
    }

    static Command.Rollback back(Lab lab, RollbackScope scope, DatabaseId... databases) {
        return new Command.Rollback(
                ROLLOUT, scope, List.of(databases), Optional.empty(), "slow", PERSON, lab.now());
    }
}
