package dev.skein.ops.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import dev.skein.protocol.plan.Probe;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbesTest {
    private static final Optional<String> ANY = Optional.empty();
    private static final Optional<String> S = Optional.of("s");

    static Stream<Arguments> probes() {
        Probe harmless = new Probe.Harmless();
        Probe undecidable = new Probe.Undecidable();
        return Stream.of(
                Arguments.of(
                        "create unique index concurrently \"I\" on only s.t (a)",
                        new Probe.IndexCreated(S, "t", "I")),
                Arguments.of(
                        "create index concurrently if not exists i on t (a)",
                        new Probe.IndexCreated(ANY, "t", "i")),
                Arguments.of("create index concurrently on t (a)", undecidable),
                Arguments.of(
                        "create unique index concurrently if not exists on t (a)", undecidable),
                Arguments.of("drop index concurrently s.i", new Probe.IndexDropped(S, "i")),
                Arguments.of("reindex index concurrently s.i", new Probe.IndexRebuilt(S, "i")),
                Arguments.of("reindex (concurrently) table t", new Probe.IndexRebuilt(ANY, "t")),
                Arguments.of(
                        "alter table s.p detach partition c concurrently",
                        new Probe.PartitionDetached(S, "p", ANY, "c")),
                Arguments.of("reindex schema s", harmless),
                Arguments.of("vacuum", harmless),
                Arguments.of("cluster", harmless),
                Arguments.of("discard all", harmless),
                Arguments.of("alter system set work_mem = '4MB'", harmless),
                Arguments.of("create database d", undecidable),
                Arguments.of("drop tablespace t", undecidable),
                Arguments.of("alter subscription s refresh publication", undecidable));
    }

    @ParameterizedTest
    @MethodSource("probes")
    void catalogueIsAskedForWhatTheStatementNames(String sql, Probe expected) {
        assertThat(Probes.of(statement(sql))).isEqualTo(expected);
    }

    @Test
    void statementInsideOfATransactionHasNoProbe() {
        SqlStatement statement = statement("select 1");
        assertThatThrownBy(() -> Probes.of(statement))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no step outside of a transaction: select 1");
    }

    private static SqlStatement statement(String sql) {
        return SqlScript.parse("x.sql", sql).statements().get(0);
    }
}
