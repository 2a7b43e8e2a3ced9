package dev.skein.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.rollout.RejectionCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionStatusTest {
    @ParameterizedTest
    @EnumSource
    void eachRefusalHasItsStatus(RejectionCode code) {
        assertThat(RejectionStatus.of(code)).isEqualTo(expected(code));
    }

    private static int expected(RejectionCode code) {
        return switch (code) {
            case UNKNOWN_ROLLOUT, UNKNOWN_PLAN, UNKNOWN_WAVE, UNKNOWN_DATABASE, UNKNOWN_VERSION ->
                    404;
            case NOTHING_SELECTED -> 400;
            case TOO_LARGE -> 413;
            case ROLLOUT_EXISTS,
                    REHEARSAL_REQUIRED,
                    SHARED_VERSION_TABLE,
                    NO_RUNNER,
                    DOWNS_REQUIRED,
                    IRREVERSIBLE,
                    DATABASE_BUSY,
                    DATABASE_MOVED_ON,
                    DIGEST_MISMATCH,
                    NOT_AWAITING_APPROVAL,
                    NOT_APPROVED,
                    NOT_PAUSED,
                    ALREADY_PAUSED,
                    BUDGET_EXCEEDED,
                    NOT_SOAKING,
                    NOTHING_TO_RETRY,
                    NOT_REPAIRABLE,
                    NOT_SKIPPABLE,
                    NO_MIGRATION,
                    NOTHING_TO_ROLL_BACK,
                    ROLLOUT_ABORTING,
                    ROLLOUT_CLOSED ->
                    409;
        };
    }
}
