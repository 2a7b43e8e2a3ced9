package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.Reply.Failed.Nature;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "55P03, ERROR, lock-timeout, true, REFUSED",
        "40001, ERROR, serialization-failure, true, REFUSED",
        "40P01, ERROR, deadlock, true, REFUSED",
        "57P01, FATAL, terminated, true, LOST",
        "57P02, FATAL, server-crashed, true, LOST",
        "57P03, FATAL, server-starting, true, LOST",
        "57P05, FATAL, terminated, true, LOST",
        "25P03, FATAL, terminated, true, LOST",
        "53300, FATAL, too-many-connections, true, LOST",
        "08006, ERROR, connection-lost, true, LOST",
        "08P01, ERROR, connection-lost, true, LOST",
        "57014, ERROR, canceled, false, REFUSED",
        "28P01, FATAL, authentication-failed, false, LOST",
        "28000, FATAL, authentication-failed, false, LOST",
        "3D000, FATAL, no-such-database, false, LOST",
        "42501, ERROR, permission-denied, false, REFUSED",
        "25006, ERROR, read-only, false, REFUSED",
        "SK001, ERROR, superseded, false, SUPERSEDED",
        "SK004, ERROR, foreign-ledger, false, REFUSED",
        "SK006, ERROR, deferrable-trigger, false, REFUSED",
        "SK010, ERROR, row-not-written, false, REFUSED",
        "42P01, ERROR, sql-error, false, REFUSED",
        "23505, ERROR, sql-error, false, REFUSED",
        "XX000, PANIC, sql-error, false, LOST"
    })
    void sqlStateHasItsMeaning(
            String sqlState, String severity, String code, boolean passing, Nature nature) {
        // when
        SqlFailure failure =
                SqlFailures.of(new PgException("words", severity, sqlState, "a row: (1, secret)"));
        // then
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.passing()).isEqualTo(passing);
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.sqlState()).contains(sqlState);
        assertThat(failure.message()).isEqualTo("words");
    }

    @Test
    void brokenConnectionIsPassing() {
        // when
        SqlFailure failure = SqlFailures.of(new IOException("Connection reset"));
        // then
        assertThat(failure.code()).isEqualTo("connection-lost");
        assertThat(failure.passing()).isTrue();
        assertThat(failure.nature()).isEqualTo(Nature.LOST);
        assertThat(failure.message()).isEqualTo("the connection failed: Connection reset");
    }

    @Test
    void silenceIsPassing() {
        assertThat(SqlFailures.of(new TimeoutException()).passing()).isTrue();
    }

    @Test
    void wrongConfigurationIsNot() {
        assertThat(SqlFailures.of(new IllegalArgumentException("no server")).passing()).isFalse();
    }
}
