package dev.skein.orchestrator.rollout;

import java.util.List;
import java.util.Optional;

/**
 * What one order would do to one database, told from what was reported of it. Databases of which
 * the same is told have equal forecasts.
 *
 * @param version the version it was last said to be at
 * @param versionAfter the version it would be at; absent where that is none, or not known
 * @param moves in the order of execution
 * @param reason for a person; empty where there is nothing to add
 */
public record Forecast(
        ForecastOutcome outcome,
        Optional<String> version,
        Optional<String> versionAfter,
        List<ForecastMove> moves,
        String reason) {
    /** Copies the list. */
    public Forecast {
        moves = List.copyOf(moves);
    }

    static Forecast without(ForecastOutcome outcome, Optional<String> version, String reason) {
        return new Forecast(outcome, version, version, List.of(), reason);
    }

    /** How many steps it would run. */
    public int steps() {
        return moves.stream().mapToInt(ForecastMove::steps).sum();
    }
}
